package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Protocol;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.RequestMembers;
import dev.baton.local.service.RestRoute;
import dev.baton.local.service.RestService;
import dev.baton.local.service.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations of Lambda's REST API.
final class LambdaOperations {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String FUNCTION = FUNCTIONS + "/{FunctionName}";
    private static final RequestMembers MEMBERS = RequestMembers.of("lambda");
    /// Members of Invoke that are headers.
    private static final Map<String, String> HEADERS = Map.of(
            "X-Amz-Durable-Execution-Name", "DurableExecutionName",
            "X-Amz-Log-Type", "LogType",
            "X-Amz-Tenant-Id", "TenantId");
    private static final int MAX_PAYLOAD = 6 << 20;
    private static final int MAX_ASYNCHRONOUS_PAYLOAD = 1 << 20;

    private final Lambda lambda;
    private final Account account;
    private final FunctionActions functions;

    LambdaOperations(Lambda lambda, Account account, UploadedCode code) {
        this.lambda = lambda;
        this.account = account;
        this.functions = new FunctionActions(lambda, code);
    }

    /// What is done with a function.
    interface OnFunction {
        AwsResponse handle(ApiCall call, FunctionReference function) throws IOException;
    }

    /// @param template with a part `{FunctionName}`
    static RestRoute route(String method, String template, OnFunction action) {
        return RestRoute.of(
                method,
                template,
                (call, path) -> action.handle(
                        call,
                        FunctionReference.parse(
                                String.valueOf(path.get("FunctionName")),
                                call.request().query().get("Qualifier"))));
    }

    List<ApiOperation<RestRoute>> all() {
        return ApiOperation.all(
                List.of(
                        ApiOperation.changing(
                                "CreateFunction",
                                RestRoute.of(
                                        "POST", FUNCTIONS, (call, path) -> json(201, describe(functions.create(call)))),
                                "lambda:CreateFunction",
                                "lambda:TagResource",
                                "iam:PassRole"),
                        ApiOperation.reading(
                                "ListFunctions", RestRoute.of("GET", FUNCTIONS, (call, path) -> list(call))),
                        ApiOperation.reading("GetFunction", route("GET", FUNCTION, this::get)),
                        ApiOperation.changing("DeleteFunction", route("DELETE", FUNCTION, functions::delete)),
                        ApiOperation.changing(
                                "UpdateFunctionCode",
                                route(
                                        "PUT",
                                        FUNCTION + "/code",
                                        (call, function) -> json(describe(functions.updateCode(call, function))))),
                        ApiOperation.changing(
                                "UpdateFunctionConfiguration",
                                route(
                                        "PUT",
                                        FUNCTION + "/configuration",
                                        (call, function) ->
                                                json(describe(functions.updateConfiguration(call, function)))),
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
                                        (call, function) -> json(201, describe(functions.publish(call, function))))),
                        ApiOperation.reading(
                                "ListVersionsByFunction", route("GET", FUNCTION + "/versions", this::versions)),
                        ApiOperation.reading("ListAliases", route("GET", FUNCTION + "/aliases", this::aliases)),
                        ApiOperation.reading("GetPolicy", route("GET", FUNCTION + "/policy", this::policy)),
                        ApiOperation.changing(
                                "AddPermission", route("POST", FUNCTION + "/policy", this::addPermission)),
                        ApiOperation.changing(
                                "RemovePermission",
                                RestRoute.of("DELETE", FUNCTION + "/policy/{StatementId}", this::removePermission)),
                        ApiOperation.reading(
                                "Invoke",
                                RestRoute.of("POST", FUNCTION + "/invocations", this::invoke),
                                "lambda:InvokeFunction")),
                new EventInvokeActions(lambda).all(),
                new FunctionTags(lambda).all());
    }

    void close() {
        lambda.close();
        functions.close();
    }

    /// Members that stand in the query, under the model's own names.
    private static void check(String operation, AwsRequest request) {
        var members = new LinkedHashMap<String, String>();
        request.query().each(members::put);
        MEMBERS.check(operation, members);
    }

    private static void checkInvoke(AwsRequest request) {
        var members = new LinkedHashMap<String, String>();
        HEADERS.forEach(
                (header, member) -> members.put(member, request.headers().get(header, "")));
        MEMBERS.check("Invoke", members);
    }

    private AwsResponse invoke(ApiCall call, Map<String, String> path) throws IOException {
        var request = call.request();
        var function = String.valueOf(path.get("FunctionName"));
        checkInvoke(request);
        var type = request.headers().get("X-Amz-Invocation-Type", "RequestResponse");
        var qualifier = request.query().get("Qualifier");
        var reference = FunctionReference.parse(function, qualifier);
        switch (type) {
            case "DryRun" -> {
                lambda.require(call, reference);
                lambda.find(reference);
                return AwsResponse.of(204);
            }
            case "Event" -> {
                var payload = payload(request, MAX_ASYNCHRONOUS_PAYLOAD);
                lambda.invokeAsynchronously(request.caller(), function, qualifier, payload, request.context());
                return AwsResponse.of(202);
            }
            case "RequestResponse" -> {
                var payload = payload(request, MAX_PAYLOAD);
                var result = lambda.invoke(
                        request.caller(), function, qualifier, payload, request.context(), origin(request));
                return AwsResponse.of(200, Protocol.REST_JSON.contentType(), result.payload())
                        .with("X-Amz-Executed-Version", result.version())
                        .with("X-Amz-Function-Error", result.functionError());
            }
            default ->
                throw Violation.error(
                        "InvalidParameterValueException",
                        List.of(Violation.ofWord(type, "invocationType", "[Event, RequestResponse, DryRun]")));
        }
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

    private static Invocation.Origin origin(AwsRequest request) {
        var context = request.headers().get("X-Amz-Client-Context");
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
        check("ListFunctions", call.request());
        var functions = new LinkedHashMap<String, @Nullable Object>();
        functions.put("Functions", lambda.latest().stream().map(this::describe).toList());
        return json(functions);
    }

    private AwsResponse get(ApiCall call, FunctionReference reference) {
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

    private AwsResponse configuration(ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        return json(describe(lambda.find(reference)));
    }

    private AwsResponse versions(ApiCall call, FunctionReference reference) {
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
    private AwsResponse aliases(ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        lambda.find(reference);
        return json(Map.of("Aliases", List.of()));
    }

    private static int order(FunctionVersion version) {
        return version.version().equals(FunctionVersion.LATEST) ? 0 : Integer.parseInt(version.version());
    }

    private AwsResponse policy(ApiCall call, FunctionReference reference) {
        lambda.require(call, reference);
        var text = lambda.policy(reference.name()).text();
        if (text == null) {
            throw new AwsError(404, "ResourceNotFoundException", "The resource you requested does not exist.");
        }
        return json(Map.of("Policy", text));
    }

    private AwsResponse addPermission(ApiCall call, FunctionReference reference) throws IOException {
        var body = call.body(MAX_ASYNCHRONOUS_PAYLOAD);
        MEMBERS.check("AddPermission", body.json());
        var permission = Permission.of(body);
        lambda.require(call, reference, principal(permission.principal()));
        lambda.find(reference);
        var statement = lambda.policy(reference.name()).add(permission, reference.qualifier());
        return json(201, Map.of("Statement", Json.print(statement)));
    }

    private AwsResponse removePermission(ApiCall call, Map<String, String> path) {
        check("RemovePermission", call.request());
        var reference = FunctionReference.parse(
                String.valueOf(path.get("FunctionName")), call.request().query().get("Qualifier"));
        var id = String.valueOf(path.get("StatementId"));
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
