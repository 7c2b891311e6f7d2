package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls of `hg` in one repository. Neither the user's configuration nor the repository's is read: both may name
/// extensions, hooks and aliases, which are code.
final class MercurialCalls {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LC_ALL", "C",
            // Plain answers, and options that begin with "--config" only where they are options.
            "HGPLAIN", "+strictflags",
            "HGRCPATH", "",
            "HGRCSKIPREPO", "1",
            "HGENCODING", "UTF-8");

    private final ToolCall call;

    MercurialCalls(Path root, ToolPrograms programs) {
        this.call = new ToolCall(
                programs,
                "hg",
                root,
                // What a hook is told, HG_PENDING above all, is Mercurial's own.
                name -> (name.startsWith("HG") && !name.startsWith("HG_"))
                        || name.equals("LANGUAGE")
                        || name.equals("PYTHONPATH"),
                ENVIRONMENT);
    }

    /// However it ends.
    ToolCall.Answer any(String... words) {
        return call.any(all(words), new byte[0]);
    }

    /// The objects of an answer that is a list of them.
    ///
    /// @throws DiagnosticException REV001, REV006 to REV008
    List<Map<String, @Nullable Object>> listed(String... words) {
        return listed(any(words), words);
    }

    /// [#listed(String...)] of an answer that is there.
    List<Map<String, @Nullable Object>> listed(ToolCall.Answer answer, String... words) {
        if (answer.exit() != 0) {
            throw new DiagnosticException(
                    RevisionFindings.failed("hg", call.folder(), List.of(words), answer.exit(), answer.complaint()));
        }
        var text = answer.text();
        try {
            var list = new ArrayList<Map<String, @Nullable Object>>();
            if (Json.parse(text) instanceof List<?> objects) {
                for (var object : objects) {
                    if (object instanceof Map<?, ?> map) {
                        @SuppressWarnings("unchecked")
                        var members = (Map<String, @Nullable Object>) map;
                        list.add(members);
                    }
                }
            }
            return list;
        } catch (JsonException e) {
            throw new DiagnosticException(RevisionFindings.unexpected("hg", call.folder(), text));
        }
    }

    private static List<String> all(String... words) {
        var all = new ArrayList<>(List.of("--noninteractive"));
        all.addAll(List.of(words));
        return all;
    }
}
