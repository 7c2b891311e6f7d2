package dev.baton.testing;

import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The answer of a mocked task.
public sealed interface Answer {

    /// It succeeds.
    ///
    /// @param output the service's answer, a JSON value
    record Success(@Nullable Object output) implements Answer {
        public Success {
            output = Json.parse(Json.print(output));
        }
    }

    /// It fails.
    ///
    /// @param error the name that Retry and Catch see
    record Failure(@Nullable String error, @Nullable String cause) implements Answer {}

    /// It goes on until the state's timeout or heartbeat ends it, if the state has one.
    record Silence() implements Answer {}

    /// It goes as the request says.
    record Computed(Function<TaskStateInvocation, Answer> function) implements Answer {}

    /// It takes a while, of virtual time, before it goes as the other answer says.
    record Delayed(Duration delay, Answer answer) implements Answer {
        public Delayed {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("an answer comes after its request, but was to come " + delay);
            }
        }
    }

    /// The task succeeds; its result is the JSON text's value.
    ///
    /// @throws dev.baton.json.JsonException when the text is not JSON
    static Answer succeed(String json) {
        return new Success(Json.parse(json));
    }

    /// The task succeeds as `lambda:invoke` does: the text's value is the `Payload`, beside a `StatusCode` of 200.
    ///
    /// @throws dev.baton.json.JsonException when the text is not JSON
    static Answer payload(String json) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ExecutedVersion", "$LATEST");
        answer.put("Payload", Json.parse(json));
        answer.put("StatusCode", 200L);
        return new Success(answer);
    }

    /// The task fails with that error's name, such as `Lambda.TooManyRequestsException`.
    static Answer fail(String error) {
        return new Failure(error, null);
    }

    static Answer fail(String error, String cause) {
        return new Failure(error, cause);
    }

    /// The task never completes.
    static Answer never() {
        return new Silence();
    }

    /// The task goes as the function says of its request. An exception or failed assertion of the function fails the
    /// test.
    static Answer computed(Function<TaskStateInvocation, Answer> function) {
        return new Computed(function);
    }

    /// This answer, but after that much of virtual time.
    default Answer after(Duration delay) {
        return new Delayed(delay, this);
    }
}
