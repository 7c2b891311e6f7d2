package dev.baton.cli.openlineage;

import dev.baton.cli.follow.FollowedExecution;
import dev.baton.run.RunReference;
import io.openlineage.client.OpenLineage.Job;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The events that no completion record is there for: START and end of a pipeline's run, and those of attempts that
/// failed, were broken off or still run. Of what succeeded the record tells, and of what was skipped nothing is.
final class ExecutionRunEvents {
    private final EventParts parts;
    private final String prefix;

    /// @param prefix what the names of functions begin with, of all pipelines
    ExecutionRunEvents(EventParts parts, String prefix) {
        this.parts = parts;
        this.prefix = prefix;
    }

    /// The events of a pipeline's run.
    ///
    /// @param execution the root's
    List<RunEvent> ofRun(String pipeline, DescribeExecutionResponse execution) {
        var id = RunIds.ofPipeline(
                pipeline, RunReference.id(execution.name(), execution.startDate()), execution.startDate());
        var job = parts.pipeline(execution.executionArn(), pipeline);
        var tags = Map.of("execution", execution.executionArn());
        var events = new ArrayList<RunEvent>();
        events.add(
                parts.event(EventType.START, execution.startDate(), parts.pipelineRun(id, tags, Optional.empty()), job)
                        .build());
        var end = end(execution.status());
        if (end != null && execution.stopDate() != null) {
            var error = Optional.ofNullable(execution.error())
                    .map(name -> message(name, execution.cause()))
                    .filter(message -> end != EventType.COMPLETE);
            events.add(parts.event(end, execution.stopDate(), parts.pipelineRun(id, tags, error), job)
                    .build());
        }
        return events;
    }

    private static @Nullable EventType end(ExecutionStatus status) {
        return switch (status) {
            case SUCCEEDED -> EventType.COMPLETE;
            case FAILED, TIMED_OUT -> EventType.FAIL;
            case ABORTED -> EventType.ABORT;
            case RUNNING, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION -> null;
        };
    }

    /// The events of the attempts of an execution, a child's too.
    ///
    /// @param stopped when it ended; null while it runs
    /// @param begun whether the START of a run has been told: then its end is too, also if it had nothing to do
    List<RunEvent> ofAttempts(
            String execution, List<TaskAttempted> attempts, @Nullable Instant stopped, Predicate<UUID> begun) {
        var events = new ArrayList<RunEvent>();
        for (var attempt : attempts) {
            switch (attempt.end()) {
                case null -> {
                    events.add(event(EventType.START, attempt.startedAt(), execution, attempt, null));
                    if (stopped != null) {
                        events.add(event(EventType.ABORT, stopped, execution, attempt, null));
                    }
                }
                case TaskAttempted.Succeeded succeeded -> {
                    if (!succeeded.ran() && begun.test(id(attempt))) {
                        events.add(event(EventType.COMPLETE, succeeded.at(), execution, attempt, null));
                    }
                }
                case TaskAttempted.Failed failed -> {
                    events.add(event(EventType.START, attempt.startedAt(), execution, attempt, null));
                    events.add(event(
                            EventType.FAIL, failed.at(), execution, attempt, message(failed.error(), failed.cause())));
                }
            }
        }
        return events;
    }

    private RunEvent event(
            EventType type, Instant at, String execution, TaskAttempted attempt, @Nullable String error) {
        var invocation = attempt.invocation();
        var run = invocation.run();
        var known = parts.tasks().of(invocation);
        var tags = new LinkedHashMap<String, String>();
        known.ifPresent(task -> task.parameters().forEach((name, value) -> tags.put("parameter." + name, value)));
        tags.put("execution", execution);
        tags.put("run", run.run());
        tags.put("attempt", Integer.toString(invocation.attempt() + 1));
        var pipeline = parts.pipeline(execution, run.pipeline());
        return parts.event(
                        type,
                        at,
                        parts.attemptRun(
                                id(attempt),
                                pipeline,
                                RunIds.ofPipeline(run.pipeline(), run.run(), run.startedAt()),
                                tags,
                                Optional.ofNullable(error)),
                        known.map(task -> parts.task(execution, run.pipeline(), task.type()))
                                .orElseGet(() -> unknown(execution, attempt)))
                .build();
    }

    /// The id of an attempt's run. Where the code is not here that knows the task, it is one of its own.
    private UUID id(TaskAttempted attempt) {
        var invocation = attempt.invocation();
        var run = invocation.run();
        return parts.tasks()
                .of(invocation)
                .map(task -> RunIds.ofAttempt(
                        run.run(), run.startedAt(), task.type(), task.parameters(), invocation.attempt()))
                .orElseGet(() -> RunIds.ofAttempt(
                        run.run(),
                        run.startedAt(),
                        invocation.node(),
                        invocation.item().orElse(Map.of()),
                        invocation.attempt()));
    }

    /// The function of a task is called as its class is: `baton-weather-WetSpells`.
    private Job unknown(String execution, TaskAttempted attempt) {
        var pipeline = attempt.invocation().run().pipeline();
        var start = prefix + pipeline + "-";
        return parts.unknown(
                execution,
                pipeline + "."
                        + (attempt.function().startsWith(start)
                                ? attempt.function().substring(start.length())
                                : attempt.function()));
    }

    private static String message(String error, @Nullable String cause) {
        var told = FollowedExecution.message(cause);
        return told.isEmpty() ? error : error + ": " + told;
    }
}
