package dev.baton.cli.command;

import dev.baton.cli.output.TextTable;
import dev.baton.cli.schema.PublishedSchemas;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton schema [NAME]`: the JSON Schema of what a command prints with `--json`.
@Command(
        name = "schema",
        description = "Prints the JSON Schema (2020-12) of what a command prints with --json; without a name, lists"
                + " them.")
public final class SchemaCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "graph, plan, status, …")
    private @Nullable String name;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (name == null) {
            var table = new TextTable("SCHEMA", "OF");
            PublishedSchemas.all().forEach(table::row);
            table.print(out);
        } else {
            out.print(PublishedSchemas.text(name));
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }
}
