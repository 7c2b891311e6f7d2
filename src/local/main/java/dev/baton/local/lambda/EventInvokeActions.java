package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.RestRoute;
import dev.baton.local.service.RestService;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The API of [EventInvokeConfig]: `/2019-09-25/functions/NAME/event-invoke-config`.
record EventInvokeActions(Lambda lambda) {
    private static final String PATH = "/2019-09-25/functions/{FunctionName}/event-invoke-config";

    List<ApiOperation<RestRoute>> all() {
        return List.of(
                ApiOperation.changing(
                        "PutFunctionEventInvokeConfig",
                        LambdaOperations.route(
                                "PUT", PATH, (input, call, function) -> put(input, call, function, true))),
                ApiOperation.changing(
                        "UpdateFunctionEventInvokeConfig",
                        LambdaOperations.route(
                                "POST", PATH, (input, call, function) -> put(input, call, function, false))),
                ApiOperation.reading(
                        "GetFunctionEventInvokeConfig", LambdaOperations.route("GET", PATH, (input, call, function) -> {
                            lambda.require(call, function);
                            return RestService.answer(200, found(function).describe());
                        })),
                ApiOperation.changing(
                        "DeleteFunctionEventInvokeConfig",
                        LambdaOperations.route("DELETE", PATH, (input, call, function) -> {
                            lambda.require(call, function);
                            found(function);
                            lambda.configure(function, null);
                            return AwsResponse.of(204);
                        })),
                ApiOperation.reading(
                        "ListFunctionEventInvokeConfigs", LambdaOperations.route("GET", PATH + "/list", this::list)));
    }

    private AwsResponse list(ApiInput input, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        lambda.find(new FunctionReference(reference.name(), null));
        var configurations = lambda.configurations(reference.name()).stream()
                .map(EventInvokeConfig::describe)
                .toList();
        return RestService.answer(200, Map.of("FunctionEventInvokeConfigs", configurations));
    }

    private AwsResponse put(ApiInput input, ApiCall call, FunctionReference reference, boolean anew) {
        lambda.require(call, reference);
        var before = anew ? lambda.unconfigured(reference) : found(reference);
        var config = before.changed(input, lambda.now());
        for (var destination : new @Nullable String[] {config.onSuccess(), config.onFailure()}) {
            if (destination != null && !lambda.mayDeliver(reference, destination)) {
                throw new AwsError(
                        400,
                        "InvalidParameterValueException",
                        "The function's execution role doesn't have permissions to call "
                                + EventInvokeConfig.right(destination) + " on "
                                + destination);
            }
        }
        lambda.configure(reference, config);
        return RestService.answer(200, config.describe());
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
}
