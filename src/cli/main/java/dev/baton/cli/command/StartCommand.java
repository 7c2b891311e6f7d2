package dev.baton.cli.command;

import dev.baton.cli.backfill.Backfill;
import dev.baton.cli.backfill.BackfillProgress;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.operate.ContinuedExecution;
import dev.baton.cli.operate.DeployedRuns;
import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.cli.operate.ExecutionRestart;
import dev.baton.cli.operate.Follower;
import dev.baton.cli.operate.StartRequest;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.run.StartResult;
import dev.baton.task.Pipeline;
import dev.baton.task.parameter.Parameters;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// `baton start PIPELINE`: the run that the uploads would have started.
@Command(
        name = "start",
        description = {
            "Starts a run of a deployed pipeline with the uploads that are there: the same execution that their arrival"
                    + " starts, and only once.",
            "A run that has succeeded, and whose outputs are not all there any more, is started as NAME-r2: what is fresh"
                    + " in it is skipped. With --again, one that failed is redriven, or where that cannot be, started as"
                    + " NAME-r2, and so is one that succeeded, also where all of it is there."
        },
        customSynopsis = {
            "baton start PIPELINE [--PARAMETER VALUE]... [--again] [--force TASK]",
            "                            [--follow] [--json]",
            "       baton start EXECUTION --again [--with-new-code] [--follow] [--json]",
            "       baton start PIPELINE --PARAMETER A..B|all... [--from A --to B]",
            "                            [--newest-first] [--at-once N] [--again]",
            "                            [--force TASK] [--jar FILE]..."
        })
public final class StartCommand implements Callable<Integer> {
    private static final int AT_ONCE = 5;

    @CommandLine.Parameters(
            paramLabel = "PIPELINE",
            description = "the pipeline's name; with --again also an execution's")
    private String name = "";

    @Option(names = "--again", description = "also if that run has ended, with or without success")
    private boolean again;

    @Option(
            names = "--with-new-code",
            description =
                    "with --again: continues an execution that failed by another one, of the code that is deployed"
                            + " now and the same versions of its uploads; what the first one finished is skipped")
    private boolean withNewCode;

    @Option(names = "--follow", description = "tell how it goes until it has ended")
    private boolean follow;

    @Option(names = "--json", description = "one JSON object an event and line")
    private boolean json;

    @Option(names = "--at-once", paramLabel = "N", description = "of many runs, how many run at the same time; 5")
    private int atOnce = AT_ONCE;

    @Mixin
    private ForceWords force = new ForceWords();

    @Mixin
    private RangeWords range = new RangeWords();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Unmatched
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (withNewCode && !(again && words.isEmpty() && !range.isSaid())) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--with-new-code is about one execution that failed:"
                            + " baton start EXECUTION --again --with-new-code");
        }
        var typed = new ParameterWords("baton start " + name, name, null).parse(words);
        var parameters = range.typed(typed, range.isSaid() ? root() : null);
        if (range.isMeant(parameters)) {
            return backfill(parameters);
        }
        try (var endpoint = choice.open();
                var progress = ProgressReport.on(spec.commandLine().getOut(), json)) {
            if (withNewCode) {
                var continued = new ContinuedExecution(endpoint).withNewCode(name);
                progress.tell(continued.event());
                return followed(endpoint, progress, continued.arn());
            }
            var earlier = again
                            && words.isEmpty()
                            && !DeployedPipeline.names(endpoint).contains(name)
                    ? new ExecutionLookup(endpoint).find(name)
                    : Optional.<DescribeExecutionResponse>empty();
            if (earlier.isPresent() && force.isSaid()) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--force is of a pipeline's run, and " + name + " is an execution");
            }
            String arn;
            if (earlier.isPresent()) {
                arn = restart(endpoint, progress, earlier.get().executionArn());
            } else {
                var result = new StartRequest(endpoint, DeployedPipeline.of(endpoint, name))
                        .start(parameters, force.at(endpoint));
                arn = started(endpoint, progress, result);
            }
            return followed(endpoint, progress, arn);
        }
    }

    private int followed(Endpoint endpoint, ProgressReport progress, String arn) throws InterruptedException {
        return !follow || new Follower(endpoint, progress).follow(List.of(arn))
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    /// The parameters of the root task; null where its code is not here.
    private @Nullable Parameters root() {
        return pipelines.find(name).map(Pipeline::root).map(Parameters::of).orElse(null);
    }

    /// Many runs. What their parameters can be, the code that is here knows.
    private int backfill(Map<String, String> typed) throws IOException, InterruptedException {
        if (atOnce < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--at-once is a number from 1 on, but was " + atOnce);
        }
        var graph = pipelines.compiled(name).graph();
        force.here(graph);
        var all = range.runs(graph, typed);
        try (var endpoint = choice.open()) {
            var lines = new BackfillProgress(spec.commandLine().getOut(), json, all.size(), InstantSource.system());
            var runs = new DeployedRuns(endpoint, DeployedPipeline.of(endpoint, name), all.size(), force.at(endpoint));
            return new Backfill(runs, atOnce, lines).run(all, again)
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private String started(Endpoint endpoint, ProgressReport progress, StartResult result) {
        if (result instanceof StartResult.Waiting waiting) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI018",
                    Location.named(name),
                    "cannot start yet, for these uploads are missing: " + String.join(", ", waiting.uris()),
                    "upload what is missing, and the run starts by itself"));
        }
        if (result instanceof StartResult.Failed failed && !again) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI019",
                    Location.named(name),
                    "this run was started before and ended " + failed.status() + ": " + failed.name(),
                    "see why: baton history " + failed.name() + "; then start it again with --again"));
        }
        if (result instanceof StartResult.Running running && !running.isOver() && force.isSaid()) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI059",
                    Location.named(name),
                    "cannot be forced while this run is under way as execution " + running.name(),
                    "let it end, or stop it with baton stop " + running.name() + "; then ask again"));
        }
        if (result instanceof StartResult.Refused refused) {
            throw new DiagnosticException(
                    Diagnostic.error(refused.code(), Location.named(name), refused.reason(), refused.remedy()));
        }
        if (!(result instanceof StartResult.OfExecution about)) {
            throw EndpointDocuments.malformed(name, "its start function answers " + Json.print(result.toJson()));
        }
        if (again && hasEnded(result)) {
            return restart(endpoint, progress, about.execution());
        }
        progress.tell(RunEvent.of(result));
        return about.execution();
    }

    private static boolean hasEnded(StartResult result) {
        return result instanceof StartResult.Failed
                || (result instanceof StartResult.Running running && running.isOver());
    }

    private static String restart(Endpoint endpoint, ProgressReport progress, String arn) {
        var restarted = new ExecutionRestart(endpoint).again(arn);
        progress.tell(
                restarted.redriven()
                        ? new RunEvent.Redriven(restarted.name(), restarted.arn())
                        : new RunEvent.Started(restarted.name(), restarted.arn()));
        return restarted.arn();
    }
}
