package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Protocol;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.local.lambda.process.Interpreter;
import dev.baton.local.lambda.process.ScriptLanguage;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.RestRoute;
import dev.baton.local.service.RestService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations of Lambda's REST API.
record LambdaOperations(Lambda lambda, Account account, FunctionActions functions, EventSourceActions sources) {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String FUNCTION = FUNCTIONS + "/{FunctionName}";
    private static final int MAX_PAYLOAD = 6 << 20;
    private static final int MAX_ASYNCHRONOUS_PAYLOAD = 1 << 20;

    /// The handler of an operation on one function.
    interface OnFunction {
        AwsResponse handle(ApiInput input, ApiCall call, FunctionReference function) throws IOException;
    }

    /// @param template with a part `{FunctionName}`
    static RestRoute route(String method, String template, OnFunction action) {
        return RestRoute.of(method, template, (input, call) -> action.handle(input, call, reference(input)));
    }

    private static FunctionReference reference(ApiInput input) {
        return FunctionReference.parse(input.require("FunctionName"), input.text("Qualifier"));
    }

    List<ApiOperation<RestRoute>> all() {
        return ApiOperation.all(
                List.of(
                        ApiOperation.changing(
                                "CreateFunction",
                                RestRoute.of(
                                        "POST",
                                        FUNCTIONS,
                                        FunctionActions.MAX_REQUEST,
                                        (input, call) -> json(201, describe(functions.create(input, call)))),
                                "lambda:CreateFunction",
                                "lambda:TagResource",
                                "iam:PassRole"),
                        ApiOperation.reading(
                                "ListFunctions", RestRoute.of("GET", FUNCTIONS, (input, call) -> list(call))),
                        ApiOperation.reading("GetFunction", route("GET", FUNCTION, this::get)),
                        ApiOperation.changing("DeleteFunction", route("DELETE", FUNCTION, functions::delete)),
                        ApiOperation.changing(
                                "UpdateFunctionCode",
                                RestRoute.of(
                                        "PUT",
                                        FUNCTION + "/code",
                                        FunctionActions.MAX_REQUEST,
                                        (input, call) ->
                                                json(describe(functions.updateCode(input, call, reference(input)))))),
                        ApiOperation.changing(
                                "UpdateFunctionConfiguration",
                                route(
                                        "PUT",
                                        FUNCTION + "/configuration",
                                        (input, call, function) ->
                                                json(describe(functions.updateConfiguration(input, call, function)))),
                                "lambda:UpdateFunctionConfiguration",
                                "iam:PassRole"),
                        ApiOperation.reading(
                                "GetFunctionConfiguration",
                                route("GET", FUNCTION + "/configuration", this::configuration)),
                        ApiOperation.changing(
                                "PublishVersion",
                                route(
                                        "POST",
                                        FUNCTION + "/versions",
                                        (input, call, function) ->
                                                json(201, describe(functions.publish(input, call, function))))),
                        ApiOperation.reading(
                                "ListVersionsByFunction", route("GET", FUNCTION + "/versions", this::versions)),
                        ApiOperation.reading("ListAliases", route("GET", FUNCTION + "/aliases", this::aliases)),
                        ApiOperation.reading("GetPolicy", route("GET", FUNCTION + "/policy", this::policy)),
                        ApiOperation.changing(
                                "AddPermission", route("POST", FUNCTION + "/policy", this::addPermission)),
                        ApiOperation.changing(
                                "RemovePermission",
                                route("DELETE", FUNCTION + "/policy/{StatementId}", this::removePermission)),
                        ApiOperation.reading(
                                "Invoke",
                                RestRoute.of("POST", FUNCTION + "/invocations", this::invoke),
                                "lambda:InvokeFunction")),
                new EventInvokeActions(lambda).all(),
                sources.all(),
                new FunctionTags(lambda).all());
    }

    void close() {
        lambda.close();
        functions.close();
    }

    private AwsResponse invoke(ApiInput input, ApiCall call) throws IOException {
        var request = call.request();
        var function = input.require("FunctionName");
        var qualifier = input.text("Qualifier");
        var reference = FunctionReference.parse(function, qualifier);
        return switch (input.text("InvocationType", "RequestResponse")) {
            case "DryRun" -> {
                lambda.require(call, reference);
                lambda.find(reference);
                yield AwsResponse.of(204);
            }
            case "Event" -> {
                var payload = payload(request, MAX_ASYNCHRONOUS_PAYLOAD);
                lambda.invokeAsynchronously(request.caller(), function, qualifier, payload, request.context());
                yield AwsResponse.of(202);
            }
            default -> {
                var payload = payload(request, MAX_PAYLOAD);
                var result = lambda.invoke(
                        request.caller(), function, qualifier, payload, request.context(), origin(input, request));
                yield AwsResponse.of(200, Protocol.REST_JSON.contentType(), result.payload())
                        .with("X-Amz-Executed-Version", result.version())
                        .with("X-Amz-Function-Error", result.functionError());
            }
        };
    }

    private static byte[] payload(AwsRequest request, int limit) throws IOException {
        try {
            return request.bytes(limit);
        } catch (AwsError e) {
            throw e.isTooLarge()
                    ? new AwsError(
                            413,
                            "RequestTooLargeException",
                            "Request must be smaller than " + limit + " bytes for the InvokeFunction operation")
                    : e;
        }
    }

    private static Invocation.Origin origin(ApiInput input, AwsRequest request) {
        var context = input.text("ClientContext");
        try {
            return new Invocation.Origin(
                    context == null ? null : new String(Base64.getDecoder().decode(context), StandardCharsets.UTF_8),
                    request.headers().get("X-Amzn-Trace-Id"));
        } catch (IllegalArgumentException e) {
            throw new AwsError(
                    400,
                    "InvalidRequestContentException",
                    "Client context must be a valid Base64-encoded JSON object.");
        }
    }

    private AwsResponse list(ApiCall call) {
        call.require("*");
        var functions = new LinkedHashMap<String, @Nullable Object>();
        functions.put("Functions", lambda.latest().stream().map(this::describe).toList());
        return json(functions);
    }

    private AwsResponse get(ApiInput input, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("Configuration", describe(lambda.find(reference)));
        answer.put("Code", Map.of("RepositoryType", "S3", "Location", "about:blank"));
        var tags = lambda.tags(reference.name());
        if (!tags.isEmpty()) {
            answer.put("Tags", new LinkedHashMap<String, @Nullable Object>(tags));
        }
        return json(answer);
    }

    private AwsResponse configuration(ApiInput input, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        return json(describe(lambda.find(reference)));
    }

    private AwsResponse versions(ApiInput input, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        var versions = new LinkedHashMap<String, @Nullable Object>();
        versions.put(
                "Versions",
                lambda.versions(reference.name()).stream()
                        .sorted(Comparator.comparingInt(LambdaOperations::order))
                        .map(this::describe)
                        .toList());
        return json(versions);
    }

    /// Functions of the embedded AWS have no aliases.
    private AwsResponse aliases(ApiInput input, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        lambda.find(reference);
        return json(Map.of("Aliases", List.of()));
    }

    private static int order(FunctionVersion version) {
        return version.version().equals(FunctionVersion.LATEST) ? 0 : Integer.parseInt(version.version());
    }

    private AwsResponse policy(ApiInput input, ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        var text = lambda.policy(reference.name()).text();
        if (text == null) {
            throw new AwsError(404, "ResourceNotFoundException", "The resource you requested does not exist.");
        }
        return json(Map.of("Policy", text));
    }

    private AwsResponse addPermission(ApiInput input, ApiCall call, FunctionReference reference) {
        var permission = Permission.of(input);
        lambda.require(call, reference, principal(permission.principal()));
        lambda.find(reference);
        var statement = lambda.policy(reference.name()).add(permission, reference.qualifier());
        return json(201, Map.of("Statement", Json.print(statement)));
    }

    private AwsResponse removePermission(ApiInput input, ApiCall call, FunctionReference reference) {
        var id = input.require("StatementId");
        var named =
                lambda.has(reference.name()) ? lambda.policy(reference.name()).principal(id) : null;
        lambda.require(call, reference, principal(named));
        lambda.policy(reference.name()).remove(id);
        return AwsResponse.of(204);
    }

    private static RequestContext principal(@Nullable String named) {
        return RequestContext.builder().put("lambda:Principal", named).build();
    }

    private Map<String, @Nullable Object> describe(FunctionVersion version) {
        var function = version.function();
        var latest = version.version().equals(FunctionVersion.LATEST);
        var description = new LinkedHashMap<String, @Nullable Object>();
        description.put("FunctionName", function.name());
        description.put(
                "FunctionArn",
                account.arn("lambda", "function:" + function.name()) + (latest ? "" : ":" + version.version()));
        description.put("Runtime", function.runtime());
        description.put(
                "Handler", function.code() instanceof FunctionCode.Unpacked code ? code.handler() : "in process");
        description.put("Description", function.description());
        description.put("CodeSha256", function.codeSha256());
        description.put("Role", function.roleArn());
        description.put("Timeout", function.timeout().toSeconds());
        description.put("MemorySize", (long) function.memoryMegabytes());
        description.put("LastModified", version.modified().toString());
        description.put("Version", version.version());
        description.put("Environment", Map.of("Variables", function.environment()));
        description.put("PackageType", "Zip");
        description.put("Architectures", List.of("x86_64"));
        description.put("EphemeralStorage", Map.of("Size", 512L));
        description.put("TracingConfig", Map.of("Mode", "PassThrough"));
        var language = ScriptLanguage.of(function.runtime());
        if (language != null) {
            Interpreter.of(language)
                    .ifPresent(interpreter -> description.put(
                            "RuntimeVersionConfig",
                            Map.of(
                                    "RuntimeVersionArn",
                                    "arn:aws:lambda:" + account.region() + "::runtime:" + interpreter.label())));
        }
        description.put("State", "Active");
        description.put("LastUpdateStatus", "Successful");
        return description;
    }

    private static AwsResponse json(Map<String, ? extends @Nullable Object> body) {
        return json(200, body);
    }

    private static AwsResponse json(int status, Map<String, ? extends @Nullable Object> body) {
        return RestService.answer(status, body);
    }
}
