package dev.baton.cli.logs;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.LogsApi;
import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.name.Arn;
import dev.baton.name.NearestName;
import dev.baton.run.RunReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What logs are asked for: one execution, with its children, or one task.
///
/// @param called as messages name it
/// @param execution its ARN; null for a task, and where only the logs know of the execution
/// @param groups where its lines may be
/// @param pattern that finds lines of it
/// @param from when it may have begun
public record LogSubject(
        String called,
        @Nullable String execution,
        List<String> groups,
        String pattern,
        Predicate<LogOrigin> wanted,
        Instant from) {
    private static final List<String> KINDS = List.of("/aws/lambda/", "/aws/ecs/");
    /// Clocks differ.
    private static final Duration EARLY = Duration.ofSeconds(5);

    /// Finds what is meant by a name.
    ///
    /// @param since nothing before is told; null for all of an execution, and of a task what `recent` has
    /// @param recent of a task's lines, where nothing is said
    /// @throws DiagnosticException CLI090 when there is neither an execution nor a task, nor a pipeline of that name
    public static LogSubject find(Endpoint endpoint, String called, @Nullable Instant since, Instant recent) {
        var groups = groups(endpoint);
        var described = new ExecutionLookup(endpoint).find(called).or(() -> newest(endpoint, called));
        if (described.isPresent()) {
            return of(endpoint, described.get(), groups, since);
        }
        return told(endpoint, called, groups, since)
                .or(() -> task(called, groups, since == null ? recent : since))
                .orElseThrow(() -> unknown(endpoint, called, groups));
    }

    private static List<String> groups(Endpoint endpoint) {
        var groups = new ArrayList<String>();
        KINDS.forEach(kind ->
                groups.addAll(endpoint.logs().groups(kind + endpoint.prefix().names())));
        return groups;
    }

    private static Optional<DescribeExecutionResponse> newest(Endpoint endpoint, String pipeline) {
        return DeployedPipeline.names(endpoint).contains(pipeline)
                ? DeployedPipeline.find(endpoint, pipeline)
                        .flatMap(there -> endpoint
                                .states()
                                .listExecutions(request ->
                                        request.stateMachineArn(there.machine()).maxResults(1))
                                .executions()
                                .stream()
                                .findFirst())
                        .map(execution -> endpoint.states()
                                .describeExecution(request -> request.executionArn(execution.executionArn())))
                : Optional.empty();
    }

    /// A run with its children, or one of these by itself.
    private static LogSubject of(
            Endpoint endpoint, DescribeExecutionResponse execution, List<String> groups, @Nullable Instant since) {
        var machine = DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                .map(pipeline -> endpoint.prefix().of(pipeline.pipeline()))
                .orElseGet(() -> Arn.last(execution.stateMachineArn()));
        var begun = execution.startDate().minus(EARLY);
        var arn = execution.executionArn();
        var run = RunReference.id(execution.name(), execution.startDate());
        return new LogSubject(
                execution.name(),
                arn,
                groups.stream()
                        .filter(group -> group.contains("/" + machine + "-"))
                        .toList(),
                "{ $.run = \"" + run + "\" || $.execution = \"" + arn + "\" }",
                origin -> origin.run().equals(run) || origin.execution().equals(arn),
                since != null && since.isAfter(begun) ? since : begun);
    }

    /// An execution that only the logs know: `baton run` leaves its lines, and forgets its history.
    private static Optional<LogSubject> told(
            Endpoint endpoint, String called, List<String> groups, @Nullable Instant since) {
        var isPipeline = DeployedPipeline.names(endpoint).contains(called);
        var from = since == null ? Instant.EPOCH : since;
        var run = RunReference.id(Arn.last(called), Instant.EPOCH);
        var pattern = isPipeline
                ? "{ $.pipeline = \"" + called + "\" }"
                : "{ $.run = \"" + run.substring(0, run.lastIndexOf('.') + 1) + "*\" }";
        return newestRun(endpoint, groups, from, pattern)
                .map(found -> new LogSubject(
                        found.substring(0, found.lastIndexOf('.')),
                        null,
                        groups,
                        "{ $.run = \"" + found + "\" }",
                        origin -> origin.run().equals(found),
                        from));
    }

    /// The id of the run that the newest of some lines is of.
    private static Optional<String> newestRun(Endpoint endpoint, List<String> groups, Instant from, String pattern) {
        var newest = new AtomicReference<LogsApi.Event>();
        groups.forEach(group -> endpoint.logs().search(group, List.of(), from.toEpochMilli(), null, pattern, event -> {
            var before = newest.get();
            if (LogOrigin.of(event.message()) != null && (before == null || before.timestamp() < event.timestamp())) {
                newest.set(event);
            }
        }));
        return Optional.ofNullable(newest.get())
                .map(event -> LogOrigin.of(event.message()))
                .map(LogOrigin::run);
    }

    /// A task by its class, by its function, or by its node with the parameters that tell it apart.
    private static Optional<LogSubject> task(String called, List<String> groups, Instant from) {
        var word = called.contains(" ") ? called.substring(0, called.indexOf(' ')) : called;
        var simple = word.substring(word.lastIndexOf('.') + 1);
        var own = groups.stream()
                .filter(group ->
                        group.endsWith("-" + simple) || group.endsWith("/" + word) || group.startsWith("/aws/ecs/"))
                .toList();
        if (own.stream().noneMatch(group -> !group.startsWith("/aws/ecs/"))) {
            return Optional.empty();
        }
        var whole = called.contains(" ");
        return Optional.of(new LogSubject(
                called,
                null,
                own,
                whole
                        ? "{ $.task = \"" + called.replace("\"", "") + "\" }"
                        : "{ $.task = \"" + simple + "\" || $.task = \"" + simple + " *\" }",
                origin -> whole
                        ? origin.task().equals(called)
                        : origin.task().equals(simple) || origin.task().startsWith(simple + " "),
                from));
    }

    private static DiagnosticException unknown(Endpoint endpoint, String called, List<String> groups) {
        var names = new TreeSet<>(DeployedPipeline.names(endpoint));
        groups.stream()
                .map(group -> group.substring(group.lastIndexOf('-') + 1))
                .forEach(names::add);
        // A pipeline that has not run.
        names.remove(called);
        return new DiagnosticException(Diagnostic.error(
                "CLI090",
                Location.named(called),
                "there is no execution, no task and no pipeline of this name whose logs are here",
                NearestName.to(called, names, names.size())
                        .map(name -> "did you mean " + name + "?")
                        .orElse("list the executions: baton status; a task is named by its class")));
    }

    /// Whether there is an execution that may go on.
    boolean isRunning(Endpoint endpoint) {
        return execution != null
                && endpoint.states()
                                .describeExecution(request -> request.executionArn(execution))
                                .status()
                        == ExecutionStatus.RUNNING;
    }
}
