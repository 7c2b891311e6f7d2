package dev.baton.cli.local;

import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Secrets for the embedded AWS, each in a file of its own: a value on a command line would stand in the shell's
/// history and in the list of processes.
///
/// @param files by the secrets' names
public record GivenSecrets(Map<String, Path> files) {
    public static final GivenSecrets NONE = new GivenSecrets(Map.of());

    private static final Pattern DECLARED = Pattern.compile(":secret:([^\"!]+)-\\?{6}\"");

    public GivenSecrets {
        files = Map.copyOf(files);
    }

    /// Gives each secret the text of its file, without the line break at its end.
    ///
    /// @throws DiagnosticException CLI101 where a file is not the value of a secret
    public void putOn(EmbeddedAws aws) {
        files.forEach((name, file) -> {
            try {
                aws.secrets().put(name, Files.readString(file).replaceFirst("\\r?\\n\\z", ""));
            } catch (CharacterCodingException e) {
                throw refused(name, file, "it is not text in UTF-8");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (AwsError e) {
                throw refused(name, file, e.message());
            }
        });
    }

    private static DiagnosticException refused(String name, Path file, String reason) {
        return new DiagnosticException(Diagnostic.error(
                "CLI101",
                Location.named("--secret " + name),
                "cannot be what is in " + file + ": " + reason,
                "name a file of text, such as --secret " + name + "=FILE"));
    }

    /// What tasks of a pipeline read by [dev.baton.task.TaskRun#secret] and is not there (CLI100).
    public static Optional<Diagnostic> absent(EmbeddedAws aws, CompiledPipeline pipeline) {
        var absent = new TreeSet<String>();
        for (var role : pipeline.roles()) {
            DECLARED.matcher(Json.print(role.policy()))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !aws.secrets().has(name))
                    .forEach(absent::add);
        }
        if (absent.isEmpty()) {
            return Optional.empty();
        }
        var words = absent.stream().map(name -> "--secret " + name + "=FILE").collect(Collectors.joining(" "));
        return Optional.of(Diagnostic.error(
                "CLI100",
                Location.named(pipeline.name()),
                "has tasks that read " + (absent.size() == 1 ? "the secret " : "the secrets ")
                        + String.join(", ", absent) + ", and the embedded AWS has no value for "
                        + (absent.size() == 1 ? "it" : "them"),
                "give each in a file, once: " + words));
    }
}
