package dev.baton.cli.local;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tables for the embedded AWS, each as the request that makes it in an account, in a file.
///
/// @param files what `aws dynamodb create-table --cli-input-json file://FILE` takes
public record GivenTables(List<Path> files) {
    private static final Pattern NAMED = Pattern.compile(":dynamodb:[^\"]*:table/([^\"/*]+)\"");

    public GivenTables {
        files = List.copyOf(files);
    }

    /// Makes those tables of which there is none yet.
    ///
    /// @throws DiagnosticException CLI103 where a file does not say how to make a table
    public void putOn(EmbeddedAws aws) {
        if (files.isEmpty()) {
            return;
        }
        try (var endpoint = RunningLocal.of(aws).endpoint()) {
            putOn(endpoint);
        }
    }

    private void putOn(Endpoint endpoint) {
        for (var file : files) {
            try {
                endpoint.tables().make(Json.parseObject(Files.readAllBytes(file)));
            } catch (IOException | JsonException e) {
                throw new DiagnosticException(Diagnostic.error(
                        "CLI103",
                        Location.named("--table " + file),
                        "does not say how to make a table: " + e.getMessage(),
                        "write what aws dynamodb create-table --cli-input-json takes"));
            }
        }
    }

    /// The warning that tasks of a pipeline use tables that are not there (CLI104).
    public static Optional<Diagnostic> absent(Endpoint endpoint, CompiledPipeline pipeline) {
        var named = new TreeSet<String>();
        for (var role : pipeline.roles()) {
            NAMED.matcher(Json.print(role.policy())).results().forEach(match -> named.add(match.group(1)));
        }
        var tables = endpoint.tables();
        named.removeIf(tables::has);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.warning(
                "CLI104",
                Location.named(pipeline.name()),
                "has tasks that use " + (named.size() == 1 ? "the table " : "the tables ") + String.join(", ", named)
                        + ", and the embedded AWS has no such " + (named.size() == 1 ? "table" : "tables"),
                "say once how to make each: "
                        + named.stream()
                                .map(name -> "--table " + name + ".json")
                                .collect(Collectors.joining(" "))));
    }
}
