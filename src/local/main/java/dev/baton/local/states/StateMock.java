package dev.baton.local.states;

import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.engine.inspect.TrialMock;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request says a state's work gives, checked against what it could give.
final class StateMock {
    private StateMock() {}

    static @Nullable TrialMock of(State state, @Nullable Map<String, @Nullable Object> mock) {
        if (mock == null) {
            return null;
        }
        if (!(state instanceof TaskState || state instanceof MapState || state instanceof ParallelState)) {
            throw StatesErrors.validation("State type '" + name(state) + "' is not supported when a mock is specified");
        }
        var error = Members.object(mock, "errorOutput");
        var text = Members.text(mock, "result");
        if (error != null && text != null) {
            throw StatesErrors.validation(
                    "A test mock should have only one of the following fields: [result, errorOutput].");
        }
        if (error != null) {
            return new TrialMock.Failure(Members.text(error, "error"), Members.text(error, "cause"));
        }
        if (text == null) {
            throw StatesErrors.validation("A mock must have either a result or an errorOutput");
        }
        var value = parse(text);
        check(state, value, Members.text(mock, "fieldValidationMode"));
        return new TrialMock.Result(value);
    }

    private static String name(State state) {
        var name = state.type().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object parse(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw StatesErrors.validation("Mocked result must be valid JSON");
        }
    }

    private static void check(State state, @Nullable Object value, @Nullable String mode) {
        switch (state) {
            case MapState map
            when map.resultWriter() != null -> {
                if (!(value instanceof Map<?, ?>)) {
                    throw StatesErrors.validation("Mocked result must be a JSON object.");
                }
            }
            case MapState map -> array(value);
            case ParallelState parallel -> array(value);
            case TaskState task -> {
                if (!"NONE".equals(mode)) {
                    MockShapes.check(task.resource(), value, !"PRESENT".equals(mode));
                }
            }
            default -> throw new IllegalStateException("cannot be mocked: " + state.type());
        }
    }

    private static void array(@Nullable Object value) {
        if (!(value instanceof List<?>)) {
            throw StatesErrors.validation("Mocked result must be an array.");
        }
    }
}
