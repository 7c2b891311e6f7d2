package dev.baton.cdk;

import dev.baton.compiler.environment.Environments;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.revision.RevisionJson;
import dev.baton.revision.Stamp;
import dev.baton.run.SourceRevision;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The options of the CDK app: what the app is told on its command line.
///
/// @param environment the name
/// @param environments the file
/// @param jars that functions run: Baton's deployed jar, and the pipelines' own with what they need
/// @param output where the templates go
/// @param revision what is given, else the stamp of the jars
/// @param retired by pipeline, what executions still need of what it has no more
record AppOptions(
        String environment,
        Path environments,
        List<Path> jars,
        Path output,
        SourceRevision revision,
        Map<String, RetainedResources> retired) {
    static final String USAGE = """
        usage: dev.baton.cdk.App --environment NAME [--environments FILE] --jar FILE… [--output DIR] [--revision JSON] [--retired FILE]
          --environment   one of the file's
          --environments  the file of environments (cdk/environments.json)
          --jar           a jar that functions run: Baton's deployed jar, and those of the pipelines
          --output        where the templates go (cdk.out)
          --revision      which sources the jars were built from: {"system", "id", "branch", "dirty"} (their stamp's)
          --retired       what executions still need of what pipelines have no more: baton deploy writes it\
        """;

    /// @throws IllegalArgumentException with a sentence
    /// @throws dev.baton.diagnostic.DiagnosticException REV009 when the stamp of a jar cannot be understood
    static AppOptions parse(String... arguments) {
        String environment = null;
        var environments = Environments.FILE;
        var jars = new ArrayList<Path>();
        var output = Path.of("cdk.out");
        SourceRevision revision = null;
        Map<String, RetainedResources> retired = Map.of();
        for (var i = 0; i < arguments.length; i += 2) {
            var name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " has no value");
            }
            var value = arguments[i + 1];
            switch (name) {
                case "--environment" -> environment = value;
                case "--environments" -> environments = Path.of(value);
                case "--jar" -> jars.add(Path.of(value));
                case "--output" -> output = Path.of(value);
                case "--revision" -> revision = revision(value);
                case "--retired" -> retired = retired(Path.of(value));
                default -> throw new IllegalArgumentException("there is no option " + name);
            }
        }
        if (environment == null) {
            throw new IllegalArgumentException("--environment is missing");
        }
        if (jars.isEmpty()) {
            throw new IllegalArgumentException("--jar is missing: functions need code");
        }
        for (var jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new IllegalArgumentException("there is no jar " + jar);
            }
        }
        return new AppOptions(
                environment,
                environments,
                List.copyOf(jars),
                output,
                revision == null ? stamped(jars) : revision,
                retired);
    }

    /// What the jars say themselves, where they were built from one revision.
    private static SourceRevision stamped(List<Path> jars) {
        var revisions = jars.stream()
                .flatMap(jar -> Stamp.of(jar).stream())
                .map(stamp -> SourceRevision.of(RevisionJson.of(stamp)))
                .distinct()
                .toList();
        return revisions.size() == 1 ? revisions.getFirst() : SourceRevision.UNKNOWN;
    }

    private static Map<String, RetainedResources> retired(Path file) {
        try {
            return RetainedResources.parse(Files.readString(file));
        } catch (IOException | JsonException | NumberFormatException e) {
            throw new IllegalArgumentException("--retired cannot be read: " + e.getMessage(), e);
        }
    }

    private static SourceRevision revision(String json) {
        try {
            return SourceRevision.of(Json.parse(json));
        } catch (JsonException | InvalidInput e) {
            throw new IllegalArgumentException("--revision is none: " + e.getMessage(), e);
        }
    }
}
