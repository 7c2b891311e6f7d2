package dev.baton.local.states;

import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.engine.inspect.StateTestMock;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.service.ApiInput;
import dev.baton.local.states.mock.MockAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mock in a request, which says what a state's work gives, checked against what it could give.
///
/// See [MockInput](https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html).
final class StateMock {

    private StateMock() {}

    static @Nullable StateTestMock of(State state, @Nullable ApiInput mock) {
        if (mock == null) {
            return null;
        }
        var mode = mock.text("fieldValidationMode");
        var text = mock.text("result");
        var error = mock.objectIf("errorOutput");
        if (!(state instanceof TaskState || state instanceof MapState || state instanceof ParallelState)) {
            throw StatesErrors.validation("State type '" + name(state) + "' is not supported when a mock is specified");
        }
        if ((error == null) == (text == null)) {
            throw StatesErrors.validation(
                    "A test mock should have only one of the following fields: [result, errorOutput].");
        }
        if (error != null) {
            return failure(error);
        }
        var value = parse(text);
        check(state, value, mode);
        return new StateTestMock.Result(value);
    }

    private static StateTestMock failure(ApiInput output) {
        var error = output.text("error");
        var cause = output.text("cause");
        if (error == null) {
            throw StatesErrors.validation("A mocked errorOutput must have an error.");
        }
        return new StateTestMock.Failure(error, cause);
    }

    private static String name(State state) {
        var name = state.type().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object parse(@Nullable String text) {
        try {
            return Json.parse(text == null ? "" : text);
        } catch (JsonException e) {
            throw StatesErrors.validation("Mocked result must be valid JSON");
        }
    }

    private static void check(State state, @Nullable Object value, @Nullable String mode) {
        switch (state) {
            case MapState map -> map(map, value);
            case ParallelState parallel -> {
                if (array(value).size() != parallel.branches().size()) {
                    throw StatesErrors.validation("Mocked result must be an array with one element for each branch.");
                }
            }
            case TaskState task -> {
                if (!"NONE".equals(mode)) {
                    MockAnswer.check(task.resource(), value, !"PRESENT".equals(mode));
                }
            }
            default -> throw new IllegalStateException("cannot be mocked: " + state.type());
        }
    }

    /// A Map that exports its results ends with an object that tells where they are.
    private static void map(MapState map, @Nullable Object value) {
        if (map.resultWriter() == null || map.resultWriter().resource() == null) {
            array(value);
        } else if (!(value instanceof Map<?, ?>)) {
            throw StatesErrors.validation("Mocked result must be a JSON object.");
        }
    }

    private static List<?> array(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw StatesErrors.validation("Mocked result must be an array.");
    }
}
