package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Problem;
import dev.baton.local.iam.policy.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions that make functions of uploaded code: CreateFunction, UpdateFunctionCode, UpdateFunctionConfiguration,
/// PublishVersion and DeleteFunction.
final class FunctionActions implements AutoCloseable {
    /// 50 MB of a ZIP file, in base64, and the rest of the request.
    private static final int MAX_REQUEST = 80 << 20;
    private static final int DEFAULT_SECONDS = 3;
    private static final int DEFAULT_MEGABYTES = 128;

    private final Lambda lambda;
    private final UploadedCode uploads;

    FunctionActions(Lambda lambda, UploadedCode uploads) {
        this.lambda = lambda;
        this.uploads = uploads;
    }

    FunctionVersion create(AwsRequest request) throws IOException {
        var body = body(request);
        var name = text(body, "FunctionName", null);
        var reference = FunctionReference.parse(name, null);
        lambda.require(request.caller(), "lambda:CreateFunction", reference, request.context());
        if (lambda.has(reference.name())) {
            throw new AwsError(409, "ResourceConflictException", "Function already exist: " + reference.name());
        }
        var role = text(body, "Role", null);
        passRole(request, role);
        var code = uploads.of(object(body, "Code"), request.caller());
        lambda.put(new LambdaFunction(
                reference.name(),
                role,
                variables(body, Map.of()),
                Duration.ofSeconds(number(body, "Timeout", DEFAULT_SECONDS)),
                number(body, "MemorySize", DEFAULT_MEGABYTES),
                new FunctionCode.Unpacked(code.folder(), text(body, "Handler", null)),
                text(body, "Description", ""),
                code.sha256()));
        return Boolean.TRUE.equals(body.get("Publish"))
                ? lambda.publish(reference.name(), null)
                : lambda.find(new FunctionReference(reference.name(), null));
    }

    FunctionVersion updateCode(AwsRequest request, FunctionReference reference) throws IOException {
        lambda.require(request.caller(), "lambda:UpdateFunctionCode", reference, request.context());
        var old = latest(reference);
        var body = body(request);
        var code = uploads.of(body, request.caller());
        var handler = old.code() instanceof FunctionCode.Unpacked unpacked ? unpacked.handler() : "";
        lambda.put(new LambdaFunction(
                old.name(),
                old.roleArn(),
                old.environment(),
                old.timeout(),
                old.memoryMegabytes(),
                new FunctionCode.Unpacked(code.folder(), handler),
                old.description(),
                code.sha256()));
        return Boolean.TRUE.equals(body.get("Publish"))
                ? lambda.publish(reference.name(), null)
                : lambda.find(new FunctionReference(reference.name(), null));
    }

    FunctionVersion updateConfiguration(AwsRequest request, FunctionReference reference) throws IOException {
        lambda.require(request.caller(), "lambda:UpdateFunctionConfiguration", reference, request.context());
        var old = latest(reference);
        var body = body(request);
        var role = text(body, "Role", old.roleArn());
        if (!role.equals(old.roleArn())) {
            passRole(request, role);
        }
        lambda.put(new LambdaFunction(
                old.name(),
                role,
                variables(body, old.environment()),
                Duration.ofSeconds(number(body, "Timeout", (int) old.timeout().toSeconds())),
                number(body, "MemorySize", old.memoryMegabytes()),
                handled(old.code(), text(body, "Handler", "")),
                text(body, "Description", old.description()),
                old.codeSha256()));
        return lambda.find(new FunctionReference(reference.name(), null));
    }

    private static FunctionCode handled(FunctionCode code, String handler) {
        return code instanceof FunctionCode.Unpacked unpacked && !handler.isEmpty()
                ? new FunctionCode.Unpacked(unpacked.taskRoot(), handler)
                : code;
    }

    FunctionVersion publish(AwsRequest request, FunctionReference reference) throws IOException {
        lambda.require(request.caller(), "lambda:PublishVersion", reference, request.context());
        var latest = latest(reference);
        var body = body(request);
        var expected = text(body, "CodeSha256", latest.codeSha256());
        if (!expected.equals(latest.codeSha256())) {
            throw new AwsError(
                    400,
                    "InvalidParameterValueException",
                    "CodeSHA256 (" + expected + ") is different from current CodeSHA256 in $LATEST ("
                            + latest.codeSha256() + "). Please try again with the CodeSHA256 in $LATEST.");
        }
        return lambda.publish(reference.name(), body.get("Description") instanceof String given ? given : null);
    }

    AwsResponse delete(AwsRequest request, FunctionReference reference) {
        lambda.require(request.caller(), "lambda:DeleteFunction", reference, request.context());
        lambda.delete(reference);
        return AwsResponse.of(204);
    }

    private LambdaFunction latest(FunctionReference reference) {
        return lambda.find(new FunctionReference(reference.name(), null)).function();
    }

    private void passRole(AwsRequest request, String role) {
        var context = Context.builder()
                .put("iam:PassedToService", "lambda.amazonaws.com")
                .build();
        lambda.requireRole(request.caller(), role, context.or(request.context()));
    }

    private static Map<String, @Nullable Object> body(AwsRequest request) throws IOException {
        try {
            var bytes = request.bytes(MAX_REQUEST);
            return bytes.length == 0 ? Map.of() : Json.parseObject(bytes);
        } catch (JsonException e) {
            throw Problem.MALFORMED_BODY.error("The request's body is no JSON object: " + e.getMessage());
        }
    }

    private static Map<?, ?> object(Map<String, @Nullable Object> body, String member) {
        return body.get(member) instanceof Map<?, ?> object ? object : Map.of();
    }

    private static String text(Map<String, @Nullable Object> body, String member, @Nullable String otherwise) {
        if (body.get(member) instanceof String text) {
            return text;
        }
        if (otherwise == null) {
            throw new AwsError(
                    400,
                    "ValidationException",
                    "1 validation error detected: Value null at '" + Character.toLowerCase(member.charAt(0))
                            + member.substring(1) + "' failed to satisfy constraint: Member must not be null");
        }
        return otherwise;
    }

    private static int number(Map<String, @Nullable Object> body, String member, int otherwise) {
        return body.get(member) instanceof Long number ? Math.toIntExact(number) : otherwise;
    }

    private static Map<String, String> variables(Map<String, @Nullable Object> body, Map<String, String> otherwise) {
        if (!(body.get("Environment") instanceof Map<?, ?> environment)) {
            return otherwise;
        }
        var variables = new LinkedHashMap<String, String>();
        if (environment.get("Variables") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
        return variables;
    }

    @Override
    public void close() {
        uploads.close();
    }
}
