package dev.baton.cli.command;

import dev.baton.cli.local.GivenSecrets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// The option that gives the embedded AWS its secrets.
final class SecretWords {
    @Option(
            names = "--secret",
            paramLabel = "NAME=FILE",
            description = "give this secret of Secrets Manager the text of FILE; it stays there, encrypted, where data"
                    + " is kept; may be repeated")
    private Map<String, Path> files = new LinkedHashMap<>();

    GivenSecrets all() {
        return new GivenSecrets(files);
    }
}
