package dev.baton.local.service;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.identity.Authorizer;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;

/// A service that speaks AWS JSON: `X-Amz-Target: AWSStepFunctions.StartExecution` and a JSON object each way.
public final class JsonService implements Service {
    private final String name;
    private final Protocol protocol;
    private final String prefix;
    private final JsonDialect dialect;
    private final ApiOperations<JsonAction> operations;
    private final Runnable closing;

    /// @param name as in a credential scope
    /// @param protocol [Protocol#JSON_1_0] or [Protocol#JSON_1_1]
    /// @param target what begins `X-Amz-Target`: `AWSStepFunctions`, `AWSEvents`
    /// @param keeping keeps what an operation has changed
    /// @param closing what ends with it
    public JsonService(
            String name,
            Protocol protocol,
            String target,
            Authorizer authorizer,
            List<ApiOperation<JsonAction>> operations,
            Runnable keeping,
            Runnable closing) {
        this(name, protocol, target, JsonDialect.PLAIN, authorizer, operations, keeping, closing);
    }

    public JsonService(
            String name,
            Protocol protocol,
            String target,
            JsonDialect dialect,
            Authorizer authorizer,
            List<ApiOperation<JsonAction>> operations,
            Runnable keeping,
            Runnable closing) {
        this.name = name;
        this.dialect = dialect;
        this.protocol = protocol;
        this.prefix = target + ".";
        this.operations = new ApiOperations<>(name, authorizer, operations, keeping, dialect.invalid());
        this.closing = closing;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public List<ApiOperation<JsonAction>> operations() {
        return operations.all();
    }

    /// What `X-Amz-Target` says of an operation.
    public String target(String operation) {
        return prefix + operation;
    }

    @Override
    public boolean recognises(AwsRequest request) {
        return target(request).startsWith(prefix);
    }

    private static String target(AwsRequest request) {
        return request.headers().get("X-Amz-Target", "");
    }

    @Override
    public AwsResponse handle(AwsRequest request) throws IOException {
        var target = target(request);
        var operation = target.startsWith(prefix) ? operations.find(target.substring(prefix.length())) : null;
        if (operation == null) {
            throw Problem.UNKNOWN_ACTION.error(
                    target.isEmpty() ? "The X-Amz-Target header is missing." : "Unknown operation " + target + ".");
        }
        var call = operations.call(operation, request);
        var input = call.body(dialect.longest());
        operations.check(operation, input.json());
        var answer = operation.handler().handle(input, call);
        operations.done(operation);
        return checksummed(AwsResponse.of(200, protocol.contentType(), Json.bytes(answer)));
    }

    @Override
    public AwsResponse refuse(AwsError error, AwsRequest request) {
        var typed = error.in(protocol);
        return checksummed(protocol.response(typed.withCode(dialect.errorType().apply(typed.code())), request));
    }

    private AwsResponse checksummed(AwsResponse response) {
        if (dialect.checksummed() && response.body() instanceof AwsResponse.Bytes body) {
            var crc = new CRC32();
            crc.update(body.bytes());
            response.with("x-amz-crc32", Long.toString(crc.getValue()));
        }
        return response;
    }

    @Override
    public void close() {
        closing.run();
    }
}
