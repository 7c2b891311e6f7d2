package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.RequestMembers;
import dev.baton.local.http.Service;
import dev.baton.local.iam.policy.RequestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lambda's REST API.
final class LambdaService implements Service {
    private static final String ROOT = "2015-03-31";
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
    private final @Nullable FunctionStore kept;

    /// @param kept null where nothing is kept
    LambdaService(Lambda lambda, Account account, UploadedCode code, @Nullable FunctionStore kept) {
        this.lambda = lambda;
        this.account = account;
        this.kept = kept;
        this.functions = new FunctionActions(lambda, code);
    }

    @Override
    public String name() {
        return "lambda";
    }

    @Override
    public Protocol protocol() {
        return Protocol.REST_JSON;
    }

    @Override
    public void close() {
        lambda.close();
        functions.close();
    }

    @Override
    public AwsResponse handle(AwsRequest request) throws IOException {
        var answer = answer(request);
        if (kept != null
                && !request.method().equals("GET")
                && !request.rawPath().endsWith("/invocations")) {
            kept.save(lambda);
        }
        return answer;
    }

    private AwsResponse answer(AwsRequest request) throws IOException {
        var path = Arrays.stream(request.rawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(PercentCode::decode)
                .toList();
        if (!path.isEmpty() && path.getFirst().equals(EventInvokeActions.ROOT)) {
            return new EventInvokeActions(lambda).handle(request, path);
        }
        if (!path.isEmpty() && path.getFirst().equals(FunctionTags.ROOT)) {
            return new FunctionTags(lambda).handle(request, path);
        }
        if (path.size() < 2 || !path.get(0).equals(ROOT) || !path.get(1).equals("functions")) {
            throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
        }
        if (path.size() == 2 && request.method().equals("GET")) {
            return list(request);
        }
        if (path.size() == 2) {
            return json(201, describe(functions.create(request)));
        }
        var reference = FunctionReference.parse(path.get(2), request.query().get("Qualifier"));
        var rest = String.join("/", path.subList(3, Math.min(path.size(), 4)));
        return switch (request.method() + " " + rest) {
            case "POST invocations" -> invoke(request, path.get(2));
            case "GET " -> get(request, reference);
            case "DELETE " -> functions.delete(request, reference);
            case "PUT code" -> json(describe(functions.updateCode(request, reference)));
            case "PUT configuration" -> json(describe(functions.updateConfiguration(request, reference)));
            case "POST versions" -> json(201, describe(functions.publish(request, reference)));
            case "GET configuration" -> configuration(request, reference);
            case "GET versions" -> versions(request, reference);
            case "GET aliases" -> aliases(request, reference);
            case "GET policy" -> policy(request, reference);
            case "POST policy" -> addPermission(request, reference);
            case "DELETE policy" -> removePermission(request, reference, path);
            default -> throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
        };
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

    private AwsResponse invoke(AwsRequest request, String function) throws IOException {
        checkInvoke(request);
        var type = request.headers().get("X-Amz-Invocation-Type", "RequestResponse");
        var qualifier = request.query().get("Qualifier");
        var reference = FunctionReference.parse(function, qualifier);
        switch (type) {
            case "DryRun" -> {
                lambda.require(request.caller(), "lambda:InvokeFunction", reference, request.context());
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
                return AwsResponse.of(200, protocol().contentType(), result.payload())
                        .with("X-Amz-Executed-Version", result.version())
                        .with("X-Amz-Function-Error", result.functionError());
            }
            default ->
                throw new AwsError(
                        400,
                        "InvalidParameterValueException",
                        "1 validation error detected: Value '" + type
                                + "' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value"
                                + " set: [Event, RequestResponse, DryRun]");
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

    private AwsResponse list(AwsRequest request) {
        lambda.requireOfAll(request.caller(), "lambda:ListFunctions", request.context());
        check("ListFunctions", request);
        var functions = new LinkedHashMap<String, @Nullable Object>();
        functions.put("Functions", lambda.latest().stream().map(this::describe).toList());
        return json(functions);
    }

    private AwsResponse get(AwsRequest request, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:GetFunction", reference, request.context());
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("Configuration", describe(lambda.find(reference)));
        answer.put("Code", Map.of("RepositoryType", "S3", "Location", "about:blank"));
        var tags = lambda.tags(reference.name());
        if (!tags.isEmpty()) {
            answer.put("Tags", new LinkedHashMap<String, @Nullable Object>(tags));
        }
        return json(answer);
    }

    private AwsResponse configuration(AwsRequest request, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:GetFunctionConfiguration", reference, request.context());
        return json(describe(lambda.find(reference)));
    }

    private AwsResponse versions(AwsRequest request, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:ListVersionsByFunction", reference, request.context());
        var versions = new LinkedHashMap<String, @Nullable Object>();
        versions.put(
                "Versions",
                lambda.versions(reference.name()).stream()
                        .sorted(Comparator.comparingInt(LambdaService::order))
                        .map(this::describe)
                        .toList());
        return json(versions);
    }

    /// Functions of the embedded AWS have no aliases.
    private AwsResponse aliases(AwsRequest request, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:ListAliases", reference, request.context());
        lambda.find(reference);
        return json(Map.of("Aliases", List.of()));
    }

    private static int order(FunctionVersion version) {
        return version.version().equals(FunctionVersion.LATEST) ? 0 : Integer.parseInt(version.version());
    }

    private AwsResponse policy(AwsRequest request, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:GetPolicy", reference, request.context());
        var text = lambda.policy(reference.name()).text();
        if (text == null) {
            throw new AwsError(404, "ResourceNotFoundException", "The resource you requested does not exist.");
        }
        return json(Map.of("Policy", text));
    }

    private AwsResponse addPermission(AwsRequest request, FunctionReference reference) throws IOException {
        try {
            var body = Json.parseObject(request.bytes(MAX_ASYNCHRONOUS_PAYLOAD));
            MEMBERS.check("AddPermission", body);
            var permission = Permission.of(body);
            var context = principal(permission.principal()).or(request.context());
            lambda.require(request.caller(), "lambda:AddPermission", reference, context);
            lambda.find(reference);
            var statement = lambda.policy(reference.name()).add(permission, reference.qualifier());
            return json(201, Map.of("Statement", Json.print(statement)));
        } catch (JsonException e) {
            throw Problem.MALFORMED_BODY.error("The request's body is no JSON object: " + e.getMessage());
        }
    }

    private AwsResponse removePermission(AwsRequest request, FunctionReference reference, List<String> path) {
        check("RemovePermission", request);
        var id = path.size() > 4 ? path.get(4) : "";
        var named =
                lambda.has(reference.name()) ? lambda.policy(reference.name()).principal(id) : null;
        var context = principal(named).or(request.context());
        lambda.require(request.caller(), "lambda:RemovePermission", reference, context);
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

    private AwsResponse json(Map<String, ? extends @Nullable Object> body) {
        return json(200, body);
    }

    private AwsResponse json(int status, Map<String, ? extends @Nullable Object> body) {
        return AwsResponse.of(status, protocol().contentType(), Json.bytes(body));
    }
}
