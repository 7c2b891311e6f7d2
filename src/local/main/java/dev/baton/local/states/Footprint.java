package dev.baton.local.states;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.history.EventDetails;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The memory that an execution holds, in bytes: its events and the values in them, each of which counts once however
/// many events share it. An estimate, of a 64-bit JVM, with one byte a character.
final class Footprint {
    private static final int EVENT = 112;
    private static final int STRING = 56;
    private static final int CONTAINER = 64;
    private static final int MEMBER = 40;
    private static final int NUMBER = 24;

    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;

    private Footprint() {}

    /// @param input the text that it was started with
    static long of(Execution execution, String input) {
        var footprint = new Footprint();
        footprint.add(input);
        footprint.add(execution);
        return footprint.bytes;
    }

    static long of(Execution execution) {
        var footprint = new Footprint();
        footprint.add(execution);
        return footprint.bytes;
    }

    /// Of a value alone.
    static long of(@Nullable Object value) {
        var footprint = new Footprint();
        footprint.value(value);
        return footprint.bytes;
    }

    private void add(Execution execution) {
        value(execution.request().input());
        for (var event : execution.history()) {
            bytes += EVENT;
            details(event.details());
        }
    }

    private void details(EventDetails details) {
        switch (details) {
            case EventDetails.ExecutionStarted started -> value(started.input());
            case EventDetails.Output output -> value(output.output());
            case EventDetails.Failure failure -> value(failure.cause());
            case EventDetails.StateEntered entered -> value(entered.input());
            case EventDetails.StateExited exited -> {
                value(exited.output());
                value(exited.assignedVariables());
            }
            case EventDetails.EvaluationFailed failed -> value(failed.cause());
            case EventDetails.WorkScheduled scheduled -> value(scheduled.input());
            case EventDetails.TaskScheduled scheduled -> value(scheduled.parameters());
            case EventDetails.TaskOutput output -> value(output.output());
            case EventDetails.TaskFailure failure -> value(failure.cause());
            case EventDetails.None none -> {}
            case EventDetails.ExecutionRedriven redriven -> {}
            case EventDetails.MapIteration iteration -> {}
            case EventDetails.MapStateStarted started -> {}
            case EventDetails.MapRunStarted started -> {}
            case EventDetails.MapRunRedriven redriven -> {}
            case EventDetails.ActivityStarted started -> {}
            case EventDetails.TaskStarted started -> {}
        }
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> {}
            case Boolean bool -> {}
            case Number number -> bytes += NUMBER;
            case String text -> add(text);
            case Map<?, ?> map -> {
                if (known.add(map)) {
                    bytes += CONTAINER + (long) MEMBER * map.size();
                    map.values().forEach(this::value);
                }
            }
            case List<?> list -> {
                if (known.add(list)) {
                    bytes += CONTAINER + (long) MEMBER / 8 * list.size();
                    list.forEach(this::value);
                }
            }
            default -> bytes += CONTAINER;
        }
    }

    private void add(String text) {
        // Short ones are not worth remembering.
        if (text.length() < STRING || known.add(text)) {
            bytes += STRING + text.length();
        }
    }
}
