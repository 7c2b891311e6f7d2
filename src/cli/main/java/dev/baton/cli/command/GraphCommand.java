package dev.baton.cli.command;

import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.schema.GraphJson;
import dev.baton.compiler.picture.Picture;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton graph PIPELINE`: the state machine as a picture, or the graph for programs.
@Command(
        name = "graph",
        description = "Draws the state machine of a pipeline as SVG, for light and dark pages; with --json, tells the"
                + " graph of its tasks.")
public final class GraphCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's name")
    private String name = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write; to standard output if nothing is said")
    private @Nullable Path output;

    @Option(names = "--json", description = "one JSON object: parameters, nodes, and what each requires")
    private boolean json;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var compiled = pipelines.compiled(name);
        var drawn = json
                ? Json.print(GraphJson.of(compiled)) + System.lineSeparator()
                : Picture.svg(compiled.machine().definition(), name);
        var out = spec.commandLine().getOut();
        if (output == null) {
            out.print(drawn);
            out.flush();
        } else {
            Files.writeString(output, drawn);
            out.println(ProjectFolder.shown(output));
        }
        return CommandLine.ExitCode.OK;
    }
}
