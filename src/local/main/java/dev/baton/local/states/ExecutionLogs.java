package dev.baton.local.states;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.history.EventType;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.json.Json;
import dev.baton.local.logs.LogStream;
import dev.baton.local.logs.Logs;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The delivery of what happens in executions to the log groups of their machines: an event a line, as Step Functions
/// writes them. What has no group any more is not delivered.
///
/// See [Logging](https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html).
final class ExecutionLogs implements ExecutionListener {
    /// How many lines one stream gets.
    private static final int LINES = 100_000;

    private final Logs logs;
    private final Function<String, @Nullable String> parents;
    private final Function<String, @Nullable StartedExecution> started;
    private final Map<String, Map<String, @Nullable Object>> starting = new ConcurrentHashMap<>();
    private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();

    /// The stream of a machine's events that is written now.
    private record Delivery(LogStream stream, int lines) {
        static final DateTimeFormatter MINUTE =
                DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm").withZone(ZoneOffset.UTC);
    }

    /// @param parents the execution of a Map Run
    ExecutionLogs(
            Logs logs,
            Function<String, @Nullable String> parents,
            Function<String, @Nullable StartedExecution> started) {
        this.logs = logs;
        this.parents = parents;
        this.started = started;
    }

    /// Is told of an execution before its first event.
    void begin(String executionArn, Map<String, @Nullable Object> logging) {
        if (!"OFF".equals(logging.get("level"))) {
            starting.put(executionArn, logging);
        }
    }

    @Override
    public void statusChanged(Execution execution) {
        if (execution.status().isClosed()) {
            starting.remove(execution.arn());
        }
    }

    @Override
    public void recorded(Execution execution, HistoryEvent event) {
        var logging = logging(execution);
        if (logging == null || !isTold(String.valueOf(logging.get("level")), event.type())) {
            return;
        }
        var group = LoggingConfiguration.group(logging);
        if (group != null && logs.has(group)) {
            var withData = Boolean.TRUE.equals(logging.get("includeExecutionData"));
            stream(group, machine(execution), event.timestamp()).add(line(execution, event, withData));
        }
    }

    private @Nullable Map<String, @Nullable Object> logging(Execution execution) {
        var mapRun = execution.mapRunArn();
        var arn = mapRun == null ? execution.arn() : parents.apply(mapRun);
        if (arn == null) {
            return null;
        }
        var known = starting.get(arn);
        if (known != null) {
            return known;
        }
        // One that is redriven, or goes on after a restart.
        var before = started.apply(arn);
        return before == null ? null : before.revision().logging();
    }

    /// See [Log levels](https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-log-level).
    private static boolean isTold(String level, EventType type) {
        return switch (level) {
            case "ALL" -> true;
            case "ERROR" -> isError(type);
            case "FATAL" -> isFatal(type);
            default -> false;
        };
    }

    private static boolean isFatal(EventType type) {
        return switch (type) {
            case ExecutionAborted, ExecutionFailed, ExecutionTimedOut -> true;
            default -> false;
        };
    }

    private static boolean isError(EventType type) {
        var name = type.name();
        return type == EventType.FailStateEntered
                || name.endsWith("Failed")
                || name.endsWith("Aborted")
                || name.endsWith("TimedOut");
    }

    /// `states/MACHINE/2026-11-30-12-00/0123abcd`, another one when it is long.
    private LogStream stream(String group, String machine, Instant now) {
        var key = group + " " + machine;
        var delivery = deliveries.compute(
                key,
                (same, before) -> before != null && before.lines() < LINES
                        ? new Delivery(before.stream(), before.lines() + 1)
                        : new Delivery(
                                logs.stream(
                                        group,
                                        "states/" + machine + "/" + Delivery.MINUTE.format(now) + "/"
                                                + UUID.randomUUID().toString().substring(0, 8)),
                                1));
        return delivery.stream();
    }

    private static String machine(Execution execution) {
        var arn = execution.request().stateMachineArn();
        var name = arn.substring(arn.lastIndexOf(':') + 1);
        return name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
    }

    private static String line(Execution execution, HistoryEvent event, boolean withData) {
        var api = event.toApi(withData);
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("id", Integer.toString(event.id()));
        line.put("type", event.type().name());
        line.put("details", api.getOrDefault(event.type().detailsField(), Map.of()));
        line.put("previous_event_id", Integer.toString(event.previousEventId()));
        line.put("event_timestamp", Long.toString(event.epochMillis()));
        line.put("execution_arn", execution.arn());
        line.put("redrive_count", Integer.toString(execution.redriveCount()));
        return Json.print(line);
    }
}
