package dev.baton.local.states;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.local.http.Account;
import java.lang.System.Logger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells EventBridge of every new status of a STANDARD execution, best effort as Step Functions does: an event that is
/// on its way when the process ends is lost.
///
/// See [Step Functions events](https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-states.html).
///
/// @param threads what events are sent by: executions do not wait for it
record StatusChangeEvents(
        Account account, Supplier<Instant> now, Executor threads, Consumer<Map<String, @Nullable Object>> sink)
        implements ExecutionListener {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final int LARGEST = 248 * 1024;

    @Override
    public void statusChanged(Execution execution) {
        if (execution.request().type() == ExecutionType.EXPRESS || execution.mapRunArn() != null) {
            return;
        }
        var event = event(execution);
        try {
            threads.execute(() -> send(event));
        } catch (RejectedExecutionException e) {
            LOG.log(Logger.Level.DEBUG, "an event of an execution was not sent: the process ends");
        }
    }

    private void send(Map<String, @Nullable Object> event) {
        try {
            sink.accept(event);
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "an event of an execution was not taken", e);
        }
    }

    private Map<String, @Nullable Object> event(Execution execution) {
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Step Functions Execution Status Change");
        event.put("source", "aws.states");
        event.put("account", account.id());
        event.put("time", now.get().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", account.region());
        event.put("resources", List.of(execution.arn()));
        event.put("detail", detail(execution));
        return event;
    }

    /// What DescribeExecution tells, with all members and with milliseconds.
    private Map<String, @Nullable Object> detail(Execution execution) {
        var described = ExecutionActions.describe(execution, null, true, now.get());
        var detail = new LinkedHashMap<String, @Nullable Object>();
        for (var name : List.of("executionArn", "stateMachineArn", "name", "status")) {
            detail.put(name, described.get(name));
        }
        detail.put("startDate", execution.startDate().toEpochMilli());
        detail.put("stopDate", millis(execution.stopDate()));
        var fits = length(described.get("input")) + length(described.get("output")) <= LARGEST;
        detail.put("input", fits ? described.get("input") : null);
        detail.put("output", length(described.get("output")) <= LARGEST ? described.get("output") : null);
        detail.put("inputDetails", Map.of("included", fits));
        detail.put("outputDetails", described.get("outputDetails"));
        for (var name : List.of("stateMachineVersionArn", "stateMachineAliasArn", "redriveCount")) {
            detail.put(name, described.get(name));
        }
        detail.put("redriveDate", millis(execution.redriveDate()));
        for (var name : List.of("redriveStatus", "redriveStatusReason", "error", "cause")) {
            detail.put(name, described.get(name));
        }
        return detail;
    }

    private static int length(@Nullable Object text) {
        return text instanceof String there ? there.length() : 0;
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
