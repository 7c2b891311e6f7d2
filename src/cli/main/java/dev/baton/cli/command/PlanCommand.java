package dev.baton.cli.command;

import dev.baton.cli.local.UploadFolder;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.plan.PlanPlace;
import dev.baton.cli.plan.RunPlan;
import dev.baton.compiler.pipeline.CompiledPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            "                  [--env ENV] [--endpoint URL] [--force TASK] [--json]",
            "       baton plan PIPELINE --PARAMETER A..B|all... [--from A --to B]",
            "                  [--newest-first]"
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
    private ForceWords force = new ForceWords();

    @Mixin
    private RangeWords range = new RangeWords();

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
        var out = spec.commandLine().getOut();
        var runs = new RunWords("plan", compiled.graph());
        var typed = range.typed(runs.typed(words), compiled.graph().rootParameters());
        var uploads = new UploadFolder(
                data == null
                        ? ProjectFolder.folder()
                                .resolve("statemachines")
                                .resolve(name)
                                .resolve("data")
                        : data);
        var forced = force.here(compiled.graph());
        try (var place =
                choice.isNowhere() ? PlanPlace.laptop(compiled, uploads).forced(forced) : deployed(compiled)) {
            if (range.isMeant(typed)) {
                many(compiled, place, range.runs(compiled.graph(), typed), runs);
                return CommandLine.ExitCode.OK;
            }
            var plan = RunPlan.of(
                    compiled,
                    typed.isEmpty() && place.hasUploads()
                            ? runs.of(uploads.firstRun(compiled.graph()))
                            : runs.of(typed),
                    place);
            if (json) {
                plan.printJson(out);
            } else {
                plan.print(out);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private PlanPlace deployed(CompiledPipeline compiled) throws IOException {
        var endpoint = choice.open();
        return PlanPlace.deployed(compiled, endpoint).forced(force.at(endpoint));
    }

    /// A line a run.
    private void many(CompiledPipeline compiled, PlanPlace place, List<Map<String, String>> all, RunWords runs)
            throws IOException {
        var out = spec.commandLine().getOut();
        var dollars = 0.0;
        for (var parameters : all) {
            var plan = RunPlan.of(compiled, runs.of(parameters), place);
            dollars += plan.estimate().dollars();
            if (json) {
                plan.printJsonSummary(out);
            } else {
                out.println(String.join(" ", plan.run().parameters().values()) + "  " + plan.summary());
            }
        }
        if (!json) {
            out.printf(Locale.ROOT, "%,d runs: at most $%.6f%n", all.size(), dollars);
        }
    }
}
