package dev.baton.cli.command;

import dev.baton.cli.local.GivenTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The option that gives the embedded AWS its tables.
final class TableWords {
    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "make this table of DynamoDB, if there is none of its name, as FILE says: what aws dynamodb"
                    + " create-table --cli-input-json takes; it stays where data is kept; may be repeated")
    private List<Path> files = new ArrayList<>();

    GivenTables all() {
        return new GivenTables(files);
    }
}
