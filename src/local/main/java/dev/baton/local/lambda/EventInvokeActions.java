package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The API of [EventInvokeConfig]: `/2019-09-25/functions/NAME/event-invoke-config`.
final class EventInvokeActions {
    static final String ROOT = "2019-09-25";
    private static final int MAX_BODY = 1 << 16;

    private final Lambda lambda;

    EventInvokeActions(Lambda lambda) {
        this.lambda = lambda;
    }

    AwsResponse handle(AwsRequest request, List<String> path) throws IOException {
        if (path.size() < 4 || !path.get(1).equals("functions") || !path.get(3).equals("event-invoke-config")) {
            throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
        }
        var reference = FunctionReference.parse(path.get(2), request.query().get("Qualifier"));
        var rest = String.join("/", path.subList(4, path.size()));
        return switch (request.method() + " " + rest) {
            case "PUT " -> put(request, reference, true);
            case "POST " -> put(request, reference, false);
            case "GET " -> {
                require(request, "GetFunctionEventInvokeConfig", reference);
                yield json(found(reference));
            }
            case "DELETE " -> {
                require(request, "DeleteFunctionEventInvokeConfig", reference);
                found(reference);
                lambda.configure(reference, null);
                yield AwsResponse.of(204);
            }
            case "GET list" -> {
                require(request, "ListFunctionEventInvokeConfigs", reference);
                lambda.find(new FunctionReference(reference.name(), null));
                yield json(Map.of(
                        "FunctionEventInvokeConfigs",
                        lambda.configurations(reference.name()).stream()
                                .map(EventInvokeConfig::describe)
                                .toList()));
            }
            default -> throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
        };
    }

    private AwsResponse put(AwsRequest request, FunctionReference reference, boolean anew) throws IOException {
        require(request, anew ? "PutFunctionEventInvokeConfig" : "UpdateFunctionEventInvokeConfig", reference);
        var before = anew ? lambda.unconfigured(reference) : found(reference);
        var config = before.changed(request.bytes(MAX_BODY), lambda.now());
        for (var destination : new @Nullable String[] {config.onSuccess(), config.onFailure()}) {
            if (destination != null && !lambda.mayDeliver(reference, destination)) {
                throw new AwsError(
                        400,
                        "InvalidParameterValueException",
                        "The function's execution role doesn't have permissions to call InvokeFunction on "
                                + destination);
            }
        }
        lambda.configure(reference, config);
        return json(config.describe());
    }

    private EventInvokeConfig found(FunctionReference reference) {
        var config = lambda.configuration(reference);
        if (config == null) {
            throw new AwsError(
                    404,
                    "ResourceNotFoundException",
                    "The function " + lambda.unconfigured(reference).arn() + " doesn't have an EventInvokeConfig");
        }
        return config;
    }

    private void require(AwsRequest request, String action, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:" + action, reference, request.context());
    }

    private static AwsResponse json(Map<String, ? extends @Nullable Object> body) {
        return AwsResponse.of(200, Protocol.REST_JSON.contentType(), Json.bytes(body));
    }

    private static AwsResponse json(EventInvokeConfig config) {
        return json(new LinkedHashMap<>(config.describe()));
    }
}
