package dev.baton.local.states;

import dev.baton.engine.Engine;
import dev.baton.engine.execution.TaskTokenException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reports of workers and callbacks, by their task token.
record TaskActions(Engine engine) {
    private static final int LARGEST_OUTPUT = 262_144;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("SendTaskSuccess", this::success),
                ApiOperation.changing("SendTaskFailure", this::failure),
                ApiOperation.changing("SendTaskHeartbeat", this::heartbeat));
    }

    /// These actions have no resource type: they are granted or not.
    private String token(ApiInput input, ApiCall call) {
        call.require("*");
        return input.require("taskToken");
    }

    private Map<String, @Nullable Object> success(ApiInput input, ApiCall call) {
        var token = token(input, call);
        var text = input.require("output");
        if (text.length() > LARGEST_OUTPUT / 3 && text.getBytes(StandardCharsets.UTF_8).length > LARGEST_OUTPUT) {
            throw Violation.of("", "output", "have length less than or equal to " + LARGEST_OUTPUT)
                    .error();
        }
        Object output;
        try {
            output = Json.parse(text);
        } catch (JsonException e) {
            throw StatesErrors.invalidOutput(String.valueOf(e.getMessage()));
        }
        return answer(() -> engine.sendTaskSuccess(token, output));
    }

    private Map<String, @Nullable Object> failure(ApiInput input, ApiCall call) {
        var token = token(input, call);
        var error = input.text("error");
        var cause = input.text("cause");
        return answer(() -> engine.sendTaskFailure(token, error, cause));
    }

    private Map<String, @Nullable Object> heartbeat(ApiInput input, ApiCall call) {
        var token = token(input, call);
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
