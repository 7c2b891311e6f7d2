package dev.baton.local.states;

import dev.baton.asl.MapState;
import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.Account;
import dev.baton.local.service.JsonAnswer;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The context object that a tested state sees: the one that is given, or one as a short execution would have it.
record StateTestContext(Account account, Scheduler scheduler) {
    /// The fields that a given one may have, and their types. See [Context object
    /// data](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html).
    private static final Map<String, Map<String, Type>> FIELDS = Map.of(
            "Execution",
            Map.of(
                    "Id", Type.STRING,
                    "Input", Type.ANYTHING,
                    "Name", Type.STRING,
                    "RoleArn", Type.STRING,
                    "StartTime", Type.STRING,
                    "RedriveCount", Type.NUMBER,
                    "RedriveTime", Type.STRING),
            "State",
            Map.of("EnteredTime", Type.STRING, "Name", Type.STRING, "RetryCount", Type.NUMBER),
            "StateMachine",
            Map.of("Id", Type.STRING, "Name", Type.STRING),
            "Task",
            Map.of("Token", Type.STRING));

    private enum Type {
        STRING,
        NUMBER,
        ANYTHING;

        private void check(String field, @Nullable Object value) {
            switch (this) {
                case STRING -> require(value instanceof String, field, "a string");
                case NUMBER -> require(value instanceof Number, field, "a number");
                case ANYTHING -> {}
            }
        }

        private static void require(boolean holds, String field, String type) {
            if (!holds) {
                throw invalid("Field '" + field + "' must be " + type);
            }
        }
    }

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /// @param given as the request has it, or null
    /// @param around the Map whose iterations the state belongs to, or null
    Map<String, @Nullable Object> of(
            @Nullable String given,
            String name,
            State state,
            @Nullable MapState around,
            @Nullable Object input,
            @Nullable String roleArn) {
        return given == null ? made(name, state, around, input, roleArn) : checked(given);
    }

    private static Map<String, @Nullable Object> checked(String text) {
        Map<String, @Nullable Object> context;
        try {
            context = Json.parseObject(text);
        } catch (JsonException e) {
            throw invalid("must be a JSON object");
        }
        context.forEach((name, value) -> {
            if (name.equals("Map")) {
                throw invalid("'Map' field is not supported when mocking a Context object");
            }
            var fields = FIELDS.get(name);
            if (fields == null) {
                throw invalid("Field '" + name + "' is not allowed");
            }
            Type.require(value instanceof Map<?, ?>, name, "an object");
            ((Map<?, ?>) value).forEach((field, of) -> {
                var type = fields.get((String) field);
                if (type == null) {
                    throw invalid("Field '" + field + "' is not allowed");
                }
                type.check((String) field, of);
            });
        });
        return context;
    }

    private static dev.baton.local.http.AwsError invalid(String problem) {
        return StatesErrors.validation("Invalid Context object provided: " + problem);
    }

    private Map<String, @Nullable Object> made(
            String name, State state, @Nullable MapState around, @Nullable Object input, @Nullable String roleArn) {
        var machine = UUID.randomUUID().toString();
        var execution = UUID.randomUUID().toString();
        var now = MILLIS.format(scheduler.now());
        var context = new JsonAnswer()
                .put(
                        "Execution",
                        new JsonAnswer()
                                .put("Id", account.arn("states", "express:" + machine + ":" + execution))
                                .put("Input", input)
                                .put("Name", execution)
                                .putIf("RoleArn", roleArn)
                                .put("StartTime", now)
                                .map())
                .put(
                        "StateMachine",
                        new JsonAnswer()
                                .put("Id", account.arn("states", "stateMachine:" + machine))
                                .put("Name", machine)
                                .map())
                .put(
                        "State",
                        new JsonAnswer()
                                .put("Name", name)
                                .put("EnteredTime", now)
                                .put("RetryCount", 0L)
                                .map());
        if (around != null) {
            context.put("Map", Map.of("Item", item(around, input)));
        }
        if (state instanceof TaskState task && task.resource().endsWith(".waitForTaskToken")) {
            context.put("Task", Map.of("Token", new TaskTokens().get()));
        }
        return context.map();
    }

    /// A state of an iteration is tested as one of the first.
    ///
    /// See *Automatic Context population* of the [developer
    /// guide](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
    private static Map<String, @Nullable Object> item(MapState around, @Nullable Object input) {
        return new JsonAnswer()
                .put("Index", 0L)
                .put("Value", input)
                .putIf("Source", around.itemReader() == null ? "STATE_DATA" : null)
                .map();
    }
}
