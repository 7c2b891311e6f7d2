package dev.baton.cli.command;

import dev.baton.cli.local.UploadFolder;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.plan.PlanPlace;
import dev.baton.cli.plan.RunPlan;
import dev.baton.compiler.CompiledPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `baton plan PIPELINE`: what a run would do.
@Command(
        name = "plan",
        description = {
            "Tells of each task of a run whether it would run, and why, and what that would take. Writes nothing.",
            "Of what is deployed where the options say, with the code that is here; else of what baton run keeps on"
                    + " this machine, with the files that it would upload."
        },
        customSynopsis = {
            "baton plan PIPELINE [--PARAMETER VALUE]... [--jar FILE]... [--data DIR]",
            "                  [--env ENV] [--endpoint URL] [--json]"
        })
public final class PlanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's name")
    private String name = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the folder with the files to upload; statemachines/PIPELINE/data if nothing is said")
    private @Nullable Path data;

    @Option(names = "--json", description = "one JSON object a task and line, and one of the whole run")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var compiled = pipelines.compiled(name);
        compiled.findings().forEach(spec.commandLine().getErr()::println);
        var plan = choice.isNowhere() ? onLaptop(compiled) : deployed(compiled);
        var out = spec.commandLine().getOut();
        if (json) {
            plan.printJson(out);
        } else {
            plan.print(out);
        }
        return CommandLine.ExitCode.OK;
    }

    private RunPlan deployed(CompiledPipeline compiled) throws IOException {
        var run = new RunWords("plan", compiled.graph()).of(words);
        try (var place = PlanPlace.deployed(compiled, choice.open())) {
            return RunPlan.of(compiled, run, place);
        }
    }

    private RunPlan onLaptop(CompiledPipeline compiled) throws IOException {
        var folder = data == null
                ? ProjectFolder.folder().resolve("statemachines").resolve(name).resolve("data")
                : data;
        var uploads = new UploadFolder(folder);
        var runs = new RunWords("plan", compiled.graph());
        var run = words.isEmpty() && Files.isDirectory(folder)
                ? runs.of(uploads.firstRun(compiled.graph()))
                : runs.of(words);
        try (var place = PlanPlace.laptop(compiled)) {
            place.uploaded(uploads.objects(run));
            return RunPlan.of(compiled, run, place);
        }
    }
}
