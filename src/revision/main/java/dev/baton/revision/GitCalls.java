package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The calls of `git` in one repository, with what its configuration could make them run switched off.
///
/// What the user has configured for all repositories counts, such as files that are ignored and folders that are
/// trusted; what this repository's own configuration names is another's, who may have packed it up.
final class GitCalls {
    /// Before every command. Overrides what the repository's configuration says.
    private static final List<String> ALWAYS = List.of(
            "--no-optional-locks",
            "--no-pager",
            "--literal-pathspecs",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.untrackedCache=false",
            "-c",
            "log.showSignature=false",
            "-c",
            "safe.bareRepository=explicit",
            "-c",
            "protocol.allow=never",
            "-c",
            "submodule.recurse=false");

    private final ToolCall call;
    private final List<String> options;

    GitCalls(Path root, ToolPrograms programs) {
        this(root, programs, List.of());
    }

    /// @param options before every command, besides [#ALWAYS]
    GitCalls(Path root, ToolPrograms programs, List<String> options) {
        this(root, programs, options, null);
    }

    /// @param index another one than that of the working copy
    GitCalls(Path root, ToolPrograms programs, List<String> options, @Nullable Path index) {
        this.options = List.copyOf(options);
        var environment = new LinkedHashMap<String, String>();
        environment.put("LC_ALL", "C");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_NO_LAZY_FETCH", "1");
        environment.put("GIT_NO_REPLACE_OBJECTS", "1");
        if (index != null) {
            environment.put("GIT_INDEX_FILE", index.toString());
        }
        // A .git that is none must not lead to the repository around it.
        environment.put(
                "GIT_CEILING_DIRECTORIES",
                Objects.requireNonNullElse(root.getParent(), root).toString());
        // A hook that calls has its own repository in such variables.
        this.call = new ToolCall(
                programs, "git", root, name -> name.startsWith("GIT_") || name.equals("LANGUAGE"), environment);
    }

    /// @throws DiagnosticException REV001, REV005 to REV008
    ToolCall.Answer answer(String... words) {
        return call.answer(all(words));
    }

    /// However it ends.
    ToolCall.Answer any(String... words) {
        return call.any(all(words), new byte[0]);
    }

    /// One line; empty where it fails.
    String said(String... words) {
        var answer = any(words);
        return answer.exit() == 0 ? answer.text().strip() : "";
    }

    /// The answer of a command that reads what it is told.
    byte[] told(String input, String... words) {
        var answer = call.any(all(words), input.getBytes(StandardCharsets.UTF_8));
        if (answer.exit() != 0) {
            throw new DiagnosticException(
                    RevisionFindings.failed("git", call.folder(), List.of(words), answer.exit(), answer.complaint()));
        }
        return answer.out();
    }

    private List<String> all(String... words) {
        var all = new ArrayList<>(ALWAYS);
        all.addAll(options);
        all.addAll(List.of(words));
        return all;
    }
}
