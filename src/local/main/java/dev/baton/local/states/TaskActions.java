package dev.baton.local.states;

import dev.baton.engine.Engine;
import dev.baton.engine.execution.TaskTokenException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What workers and callbacks report with a task token.
final class TaskActions {
    private static final int LARGEST_OUTPUT = 262_144;

    private final Engine engine;
    private final Authorizer authorizer;

    TaskActions(Engine engine, Authorizer authorizer) {
        this.engine = engine;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("SendTaskSuccess", this::success);
        actions.put("SendTaskFailure", this::failure);
        actions.put("SendTaskHeartbeat", this::heartbeat);
        return actions;
    }

    /// These actions have no resource type: they are granted or not.
    private String token(Map<String, @Nullable Object> input, AwsRequest request, String action) {
        authorizer.require(request.caller(), "states:" + action, "*", request.context());
        return StatesMembers.required(input, "taskToken");
    }

    private Map<String, @Nullable Object> success(Map<String, @Nullable Object> input, AwsRequest request) {
        var token = token(input, request, "SendTaskSuccess");
        var text = StatesMembers.required(input, "output");
        if (text.length() > LARGEST_OUTPUT / 3 && text.getBytes(StandardCharsets.UTF_8).length > LARGEST_OUTPUT) {
            throw StatesErrors.hidden("output", "have length less than or equal to " + LARGEST_OUTPUT);
        }
        Object output;
        try {
            output = Json.parse(text);
        } catch (JsonException e) {
            throw StatesErrors.invalidOutput(String.valueOf(e.getMessage()));
        }
        return answer(() -> engine.sendTaskSuccess(token, output));
    }

    private Map<String, @Nullable Object> failure(Map<String, @Nullable Object> input, AwsRequest request) {
        var token = token(input, request, "SendTaskFailure");
        var error = StatesMembers.text(input, "error", ExecutionActions.LONGEST_ERROR);
        var cause = StatesMembers.text(input, "cause", ExecutionActions.LONGEST_CAUSE);
        return answer(() -> engine.sendTaskFailure(token, error, cause));
    }

    private Map<String, @Nullable Object> heartbeat(Map<String, @Nullable Object> input, AwsRequest request) {
        var token = token(input, request, "SendTaskHeartbeat");
        return answer(() -> engine.sendTaskHeartbeat(token));
    }

    private static Map<String, @Nullable Object> answer(Runnable report) {
        try {
            report.run();
            return Map.of();
        } catch (TaskTokenException e) {
            throw new AwsError(400, e.kind().name(), String.valueOf(e.getMessage()));
        }
    }
}
