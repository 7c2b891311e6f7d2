package dev.baton.cli.command;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DeployedPipelines;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.local.RunningLocal;
import dev.baton.cli.operate.ExecutionReport;
import dev.baton.cli.operate.ListedExecutions;
import dev.baton.cli.output.TextTable;
import dev.baton.cli.plan.FailureImpact;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.ExecutionInput;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// `baton status`: what runs and what ran.
@Command(
        name = "status",
        description = {
            "Lists the executions of all pipelines or of one, the newest first; of one execution, its tasks.",
            "Of those that succeeded the newest are listed and the others counted; --last N lists all of the newest N."
        })
public final class StatusCommand implements Callable<Integer> {
    /// So many of each pipeline programs are told, if nothing is said.
    private static final int LAST = 20;
    /// So many of each pipeline are counted.
    private static final int MOST = 10_000;
    private static final Set<ExecutionStatus> FAILED =
            Set.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED);
    private static final Set<String> COMPLETE = Set.of("RAN", "SKIPPED", "UNNEEDED");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Parameters(
            paramLabel = "PIPELINE|EXECUTION",
            arity = "0..1",
            description = "a pipeline's name, or an execution's name or ARN")
    private @Nullable String name;

    @Option(names = "--last", paramLabel = "N", description = "the newest N of each pipeline, however they ended")
    private @Nullable Integer last;

    @Option(names = "--json", description = "one JSON object an execution and line")
    private boolean json;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (last != null && last < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--last is a number from 1 on, but was " + last);
        }
        try (var endpoint = choice.open()) {
            var pending = pending(endpoint);
            if (!pending.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("baton local is still putting there: " + String.join(", ", pending));
            }
            if (name != null && pending.contains(name)) {
                return CommandLine.ExitCode.OK;
            }
            if (name == null) {
                var there = DeployedPipelines.of(endpoint);
                if (pending.isEmpty()) {
                    // What is half there looks like somebody else's.
                    there.findings().forEach(spec.commandLine().getErr()::println);
                }
                list(
                        endpoint,
                        there.all().stream()
                                .filter(pipeline -> !pending.contains(pipeline.pipeline()))
                                .toList());
            } else if (DeployedPipeline.names(endpoint).contains(name)) {
                list(endpoint, List.of(DeployedPipeline.of(endpoint, name)));
            } else {
                var report = ExecutionReport.of(endpoint, name);
                tell(report, impact(endpoint, report));
            }
            return CommandLine.ExitCode.OK;
        }
    }

    /// The pipelines that the `baton local` which is asked has not put there yet.
    private static List<String> pending(Endpoint endpoint) {
        return RunningLocal.find()
                .filter(local -> local.address().equals(endpoint.address()))
                .map(RunningLocal::pending)
                .orElse(List.of());
    }

    private void list(Endpoint endpoint, List<DeployedPipeline> pipelines) {
        var out = spec.commandLine().getOut();
        if (pipelines.isEmpty() && !json) {
            if (pending(endpoint).isEmpty()) {
                out.println(DeployedPipeline.NOTHING);
            }
            return;
        }
        var table = new TextTable("PIPELINE", "STATUS", "STARTED (UTC)", "TOOK", "EXECUTION");
        var counted = new ArrayList<String>();
        for (var pipeline : pipelines) {
            var machine = pipeline.machine();
            var wanted = last != null ? last : json ? LAST : MOST;
            var executions =
                    endpoint
                            .states()
                            .listExecutionsPaginator(request -> request.stateMachineArn(machine))
                            .executions()
                            .stream()
                            .limit(wanted)
                            .toList();
            var listed = json || last != null
                    ? new ListedExecutions(pipeline.pipeline(), executions, executions)
                    : ListedExecutions.of(pipeline.pipeline(), executions);
            if (listed.shown().size() < executions.size()) {
                counted.add(listed.summary());
            }
            for (var execution : listed.shown()) {
                if (json) {
                    out.println(Json.print(row(pipeline.pipeline(), execution)));
                } else {
                    table.row(
                            pipeline.pipeline(),
                            execution.statusAsString(),
                            TIME.format(execution.startDate()),
                            took(execution.startDate(), execution.stopDate()),
                            execution.name());
                }
            }
            if (executions.isEmpty() && !json) {
                table.row(pipeline.pipeline(), "no execution", "", "", "");
            }
        }
        if (!json) {
            table.print(out);
            counted.forEach(out::println);
        }
    }

    private static Object row(String pipeline, ExecutionListItem execution) {
        var row = ExecutionReport.row(
                execution.name(),
                execution.executionArn(),
                execution.statusAsString(),
                execution.startDate(),
                execution.stopDate(),
                execution.stateMachineVersionArn());
        row.put("pipeline", pipeline);
        return row;
    }

    /// What an execution that failed has not made; nothing where it has not failed, or its pipeline is not known here.
    private Optional<FailureImpact> impact(Endpoint endpoint, ExecutionReport report) {
        var execution = report.execution();
        if (!FAILED.contains(execution.status())) {
            return Optional.empty();
        }
        try {
            var parameters = ExecutionInput.of(Json.parse(execution.input())).parameters();
            var complete = report.tasks().stream()
                    .filter(task -> COMPLETE.contains(task.outcome()))
                    .map(ExecutionReport.TaskReport::state)
                    .collect(Collectors.toSet());
            return DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                    .map(there -> FailureImpact.of(pipelines.all(), there.pipeline(), parameters, complete));
        } catch (InvalidInput | JsonException | DiagnosticException e) {
            // It is told what failed; what that means is told where it can be.
            return Optional.empty();
        }
    }

    private void tell(ExecutionReport report, Optional<FailureImpact> impact) {
        var out = spec.commandLine().getOut();
        if (json) {
            var told = report.toJson();
            impact.ifPresent(known -> told.putAll(known.toJson()));
            out.println(Json.print(told));
            return;
        }
        var execution = report.execution();
        out.println(execution.name());
        out.printf(
                "%s, started %s UTC, %s%n",
                execution.statusAsString(),
                TIME.format(execution.startDate()),
                execution.stopDate() == null ? "running" : "took " + took(execution.startDate(), execution.stopDate()));
        report.origin().line().ifPresent(out::println);
        report.code().forEach(out::println);
        if (report.related().continues() != null) {
            out.println("continues " + report.related().continues() + ", which failed with older code");
        }
        if (report.related().continuedBy() != null) {
            out.println("continued by " + report.related().continuedBy() + ", with newer code");
        }
        report.recoveries()
                .forEach(redrive -> out.printf(
                        "redriven by itself, %d of %d, %s after it had failed with %s%n",
                        redrive.number(),
                        redrive.policy().times(),
                        redrive.policy().after(),
                        redrive.error()));
        if (!report.tasks().isEmpty()) {
            out.println();
            print(report, out);
        }
        if (execution.error() != null) {
            out.printf("%n%s: %s%n", execution.error(), report.toJson().get("cause"));
        }
        impact.ifPresent(known -> {
            known.missing().forEach(output -> out.println("not made  " + output.task() + "  " + output.uri()));
            known.waiting().forEach(run -> out.println("waits     " + run));
        });
    }

    private static void print(ExecutionReport report, PrintWriter out) {
        var table = new TextTable("STATE", "ROLE", "OUTCOME", "ATTEMPTS", "TOOK", "OUTPUT", "WHY");
        for (var task : report.tasks()) {
            table.row(
                    task.state(),
                    task.role(),
                    task.outcome(),
                    Integer.toString(task.attempts()),
                    task.took() == null ? "" : seconds(task.took()),
                    task.output(),
                    task.why().lines().findFirst().orElse(""));
        }
        table.print(out);
    }

    private static String took(Instant started, @Nullable Instant stopped) {
        return stopped == null ? "" : seconds(Duration.between(started, stopped));
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1000.0);
    }
}
