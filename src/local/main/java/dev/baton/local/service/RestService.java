package dev.baton.local.service;

import dev.baton.json.Json;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.identity.Authorizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service that speaks REST with JSON: an operation has a method and a path of its own.
public final class RestService implements Service {
    private final String name;
    private final ApiOperations<RestRoute> operations;
    private final List<ApiOperation<RestRoute>> routes;
    private final Runnable closing;

    /// @param name as in a credential scope
    /// @param keeping keeps what an operation has changed
    /// @param closing what ends with it
    public RestService(
            String name,
            Authorizer authorizer,
            List<ApiOperation<RestRoute>> operations,
            Runnable keeping,
            Runnable closing) {
        this.name = name;
        this.operations = new ApiOperations<>(name, authorizer, operations, keeping, "ValidationException");
        this.routes = this.operations.all();
        this.closing = closing;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Protocol protocol() {
        return Protocol.REST_JSON;
    }

    @Override
    public List<ApiOperation<RestRoute>> operations() {
        return routes;
    }

    @Override
    public AwsResponse handle(AwsRequest request) throws IOException {
        var parts = Arrays.stream(request.rawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(PercentCode::decode)
                .toList();
        for (var operation : routes) {
            var path = operation.handler().match(request.method(), parts);
            if (path != null) {
                var call = operations.call(operation, request);
                var input = RestInput.of(operations.model(), operation, call, path);
                operations.check(operation, input.json());
                var answer = operation.handler().action().handle(input, call);
                operations.done(operation);
                return answer;
            }
        }
        throw Problem.UNKNOWN_ACTION.error("Unknown operation " + request);
    }

    public static AwsResponse answer(int status, Map<String, ? extends @Nullable Object> body) {
        return AwsResponse.of(status, Protocol.REST_JSON.contentType(), Json.bytes(body));
    }

    @Override
    public void close() {
        closing.run();
    }
}
