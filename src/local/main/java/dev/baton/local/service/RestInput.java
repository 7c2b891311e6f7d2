package dev.baton.local.service;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a REST request, from wherever the model of the API says that they stand: path, query, headers, body.
final class RestInput {
    private final RequestModel model;
    private final AwsRequest request;
    private final Map<String, String> path;

    private RestInput(RequestModel model, AwsRequest request, Map<String, String> path) {
        this.model = model;
        this.request = request;
        this.path = path;
    }

    /// @param path the parts of the path that the route names
    static ApiInput of(RequestModel model, ApiOperation<RestRoute> operation, ApiCall call, Map<String, String> path)
            throws IOException {
        var shape = model.input(operation.name());
        var members = new LinkedHashMap<String, @Nullable Object>();
        if (hasBody(shape)) {
            members.putAll(call.body(operation.handler().longest()).json());
        }
        var input = new RestInput(model, call.request(), path);
        shape.members().forEach((name, member) -> {
            if (member.location() != RequestShape.Location.BODY) {
                var value = input.value(member);
                if (value == null) {
                    members.remove(name);
                } else {
                    members.put(name, value);
                }
            }
        });
        return new ApiInput(members);
    }

    private static boolean hasBody(RequestShape.Structure shape) {
        return shape.payload() == null
                && shape.members().values().stream()
                        .anyMatch(member -> member.location() == RequestShape.Location.BODY);
    }

    private @Nullable Object value(RequestShape.Member member) {
        var shape = model.shape(member.shape());
        if (shape instanceof RequestShape.ListOf) {
            var all = request.query().all(member.wireName());
            return all.isEmpty() ? null : all;
        }
        var text = switch (member.location()) {
            case PATH -> path.get(member.wireName());
            case QUERY -> request.query().get(member.wireName());
            case HEADER -> request.headers().get(member.wireName());
            case BODY -> null;
        };
        return text == null ? null : typed(member.wireName(), shape, text);
    }

    private static Object typed(String name, RequestShape shape, String text) {
        return switch (shape) {
            case RequestShape.Numeric number when text.matches("-?[0-9]{1,18}") -> Long.valueOf(text);
            case RequestShape.Numeric number ->
                throw new AwsError(400, "SerializationException", name + " is not a whole number: " + text);
            case RequestShape.Flag flag -> Boolean.valueOf(text);
            default -> text;
        };
    }
}
