package dev.baton.cli.access;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.revision.RepositorySearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The policies of pipelines at one time: what `baton synth` wrote, in a folder or in a revision of the
/// sources.
///
/// @param name as it was asked for
/// @param policies by what they are about: `weather/baton-weather-Clean`, its trust policy `…/trust` and its boundary's
///     ARN `…/bounded-by` (a policy that allows just this ARN), `weather/boundary` and `weather/bucket/lake`
/// @param accepted the text of the file of accepted changes; null where there is none
record PolicyRevision(
        String name,
        SortedMap<String, Map<String, @Nullable Object>> policies,
        @Nullable String accepted) {
    /// What lies beside the pipelines and says which wider access is meant.
    static final String ACCEPTED = "accepted-access.txt";

    static final String BOUNDED_BY = "/bounded-by";

    private static final Pattern FILE =
            Pattern.compile("(?:(?<pipeline>[^/]+)/)?(?:(?<kind>policies|buckets)/(?<name>[^/]+)|boundary)\\.json");

    /// @param text a folder such as `statemachines`, or one pipeline's; else a revision of the sources
    /// @param home where the sources are
    static PolicyRevision of(String text, Path home) throws IOException {
        var folder = home.resolve(text);
        return Files.isDirectory(folder) ? ofFolder(text, folder) : ofSources(text, home);
    }

    private static PolicyRevision ofFolder(String name, Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var path = folder.relativize(file).toString().replace('\\', '/');
                if (isRead(path)) {
                    files.put(path, Files.readString(file));
                }
            }
        }
        return of(name, files);
    }

    /// The policies among texts, by their paths in `statemachines`.
    static PolicyRevision ofTexts(String name, Map<String, String> texts) {
        var files = new TreeMap<String, String>();
        texts.forEach((path, text) -> {
            if (isRead(path)) {
                files.put(path, text);
            }
        });
        return of(name, files);
    }

    private static PolicyRevision ofSources(String name, Path home) throws IOException {
        var finding = Diagnostic.error(
                "CLI031",
                Location.named(name),
                "is neither a folder nor a revision of the sources in " + home,
                "give a folder with policies that baton synth wrote, or a revision that Git or Mercurial lists");
        var files = new TreeMap<String, String>();
        try {
            var repository = RepositorySearch.around(home).orElseThrow(() -> new DiagnosticException(finding));
            var folder = repository.root().relativize(home.toRealPath()).resolve("statemachines");
            var prefix = folder.toString().replace('\\', '/') + "/";
            repository.contents(name, prefix).forEach((path, content) -> {
                var inside = path.substring(prefix.length());
                if (isRead(inside)) {
                    files.put(inside, new String(content, StandardCharsets.UTF_8));
                }
            });
        } catch (DiagnosticException e) {
            throw new DiagnosticException(Stream.concat(Stream.of(finding), e.diagnostics().stream())
                    .distinct()
                    .toList());
        }
        return of(name, files);
    }

    private static boolean isRead(String path) {
        return path.equals(ACCEPTED) || FILE.matcher(path).matches();
    }

    private static PolicyRevision of(String name, SortedMap<String, String> files) {
        var policies = new TreeMap<String, Map<String, @Nullable Object>>();
        var broken = new ArrayList<Diagnostic>();
        files.forEach((path, text) -> {
            if (!path.equals(ACCEPTED)) {
                try {
                    add(policies, path, Json.parseObject(text));
                } catch (JsonException e) {
                    broken.add(Diagnostic.error(
                            "CLI033",
                            Location.named(name + ": " + path),
                            "is not a policy that baton synth wrote: " + e.getMessage(),
                            "write it again with baton synth"));
                }
            }
        });
        if (!broken.isEmpty()) {
            throw new DiagnosticException(broken);
        }
        return new PolicyRevision(name, policies, files.get(ACCEPTED));
    }

    private static void add(
            SortedMap<String, Map<String, @Nullable Object>> policies,
            String path,
            Map<String, @Nullable Object> json) {
        var file = FILE.matcher(path);
        if (!file.matches()) {
            throw new AssertionError(path);
        }
        var pipeline = file.group("pipeline") == null ? "" : file.group("pipeline") + "/";
        var kind = file.group("kind");
        if (kind == null) {
            policies.put(pipeline + "boundary", json);
        } else if (kind.equals("buckets")) {
            policies.put(pipeline + "bucket/" + file.group("name"), json);
        } else {
            var role = pipeline + file.group("name");
            policies.put(role, object(json.get("policy")));
            policies.put(role + "/trust", object(json.get("trust")));
            // Without a boundary there is nothing that it is not.
            policies.put(role + BOUNDED_BY, statement(json.get("boundary") instanceof String arn ? arn : "*"));
        }
    }

    private static Map<String, @Nullable Object> statement(String boundary) {
        return Map.of("Statement", Map.of("Effect", "Allow", "Action", "within", "Resource", boundary));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var object = new TreeMap<String, @Nullable Object>();
            map.forEach((name, member) -> object.put(String.valueOf(name), member));
            return object;
        }
        throw new JsonException("expected a policy, but was " + Json.typeName(value), 1, 1);
    }
}
