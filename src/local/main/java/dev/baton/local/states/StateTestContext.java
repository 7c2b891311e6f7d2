package dev.baton.local.states;

import dev.baton.asl.State;
import dev.baton.asl.TaskState;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.Account;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The context object that a tested state sees: the one that is given, or one as a short execution would have it.
final class StateTestContext {
    /// The fields that a given one may have.
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Execution", Set.of("Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"),
            "State", Set.of("EnteredTime", "Name", "RetryCount"),
            "StateMachine", Set.of("Id", "Name"),
            "Task", Set.of("Token"));

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Account account;
    private final Scheduler scheduler;

    StateTestContext(Account account, Scheduler scheduler) {
        this.account = account;
        this.scheduler = scheduler;
    }

    Map<String, @Nullable Object> of(
            @Nullable String given, String name, State state, @Nullable Object input, @Nullable String roleArn) {
        return given == null ? made(name, state, input, roleArn) : checked(given);
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
            if (!(value instanceof Map<?, ?> object)) {
                throw invalid("Field '" + name + "' must be an object");
            }
            for (var field : object.keySet()) {
                if (!fields.contains((String) field)) {
                    throw invalid("Field '" + field + "' is not allowed");
                }
            }
        });
        return context;
    }

    private static dev.baton.local.http.AwsError invalid(String problem) {
        return StatesErrors.validation("Invalid Context object provided: " + problem);
    }

    private Map<String, @Nullable Object> made(
            String name, State state, @Nullable Object input, @Nullable String roleArn) {
        var machine = UUID.randomUUID().toString();
        var execution = UUID.randomUUID().toString();
        var now = MILLIS.format(scheduler.now());
        var context = new Members()
                .put(
                        "Execution",
                        new Members()
                                .put("Id", account.arn("states", "express:" + machine + ":" + execution))
                                .put("Input", input)
                                .put("Name", execution)
                                .putIf("RoleArn", roleArn)
                                .put("StartTime", now)
                                .map())
                .put(
                        "StateMachine",
                        new Members()
                                .put("Id", account.arn("states", "stateMachine:" + machine))
                                .put("Name", machine)
                                .map())
                .put(
                        "State",
                        new Members()
                                .put("Name", name)
                                .put("EnteredTime", now)
                                .put("RetryCount", 0L)
                                .map());
        if (state instanceof TaskState task && task.resource().endsWith(".waitForTaskToken")) {
            context.put("Task", Map.of("Token", new TaskTokens().get()));
        }
        return context.map();
    }
}
