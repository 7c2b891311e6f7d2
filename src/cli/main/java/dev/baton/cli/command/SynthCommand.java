package dev.baton.cli.command;

import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.Synthesis;
import java.io.IOException;
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

/// `baton synth PIPELINE`: writes what a pipeline becomes, for people to review.
@Command(
        name = "synth",
        description = "Writes the definition, one file of policies per role, and the triggers of a pipeline.")
public final class SynthCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's name")
    private String name = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "where to write; statemachines/PIPELINE if nothing is said")
    private @Nullable Path output;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var compiled = pipelines.compiled(name);
        compiled.findings().forEach(finding -> spec.commandLine().getErr().println(finding));
        var folder =
                output == null ? ProjectFolder.folder().resolve("statemachines").resolve(name) : output;
        Synthesis.write(compiled, folder);
        Synthesis.files(compiled).keySet().forEach(file -> out.println(ProjectFolder.shown(folder.resolve(file))));
        for (var machine : compiled.machines()) {
            var proof = machine.proof();
            out.printf(
                    "%s: %,d states, %,d bytes, at worst %,d events and %,d bytes of payload%n",
                    machine.name(), proof.states(), proof.bytes(), proof.events(), proof.payloadBytes());
        }
        return CommandLine.ExitCode.OK;
    }
}
