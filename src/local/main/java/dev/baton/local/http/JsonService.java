package dev.baton.local.http;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service that speaks AWS JSON: `X-Amz-Target: AWSStepFunctions.StartExecution` and a JSON object each way.
public final class JsonService implements Service {
    /// Above every payload that the services in question take.
    private static final int MAX_REQUEST = 4 << 20;

    private final String name;
    private final Protocol protocol;
    private final String targetPrefix;
    private final Map<String, JsonAction> actions;
    private final Runnable closing;
    private final RequestMembers members;

    /// @param name as in a credential scope
    /// @param protocol [Protocol#JSON_1_0] or [Protocol#JSON_1_1]
    /// @param targetPrefix `AWSStepFunctions`, `AWSEvents`
    /// @param actions by name, such as `StartExecution`
    public JsonService(String name, Protocol protocol, String targetPrefix, Map<String, JsonAction> actions) {
        this(name, protocol, targetPrefix, actions, () -> {});
    }

    /// @param closing what ends with it
    public JsonService(
            String name, Protocol protocol, String targetPrefix, Map<String, JsonAction> actions, Runnable closing) {
        this.name = name;
        this.protocol = protocol;
        this.targetPrefix = targetPrefix;
        this.actions = Map.copyOf(actions);
        this.closing = closing;
        this.members = RequestMembers.of(name);
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
    public AwsResponse handle(AwsRequest request) throws IOException {
        var target = request.headers().get("X-Amz-Target", "");
        var action =
                target.startsWith(targetPrefix + ".") ? actions.get(target.substring(targetPrefix.length() + 1)) : null;
        if (action == null) {
            throw Problem.UNKNOWN_ACTION.error(
                    target.isEmpty() ? "The X-Amz-Target header is missing." : "Unknown operation " + target + ".");
        }
        var input = input(request);
        members.check(target.substring(targetPrefix.length() + 1), input);
        return AwsResponse.of(200, protocol.contentType(), Json.bytes(action.handle(input, request)));
    }

    /// The names of the operations that it has.
    public Set<String> operations() {
        return actions.keySet();
    }

    private static Map<String, @Nullable Object> input(AwsRequest request) throws IOException {
        var bytes = request.bytes(MAX_REQUEST);
        if (bytes.length == 0) {
            return Map.of();
        }
        try {
            return Json.parseObject(bytes);
        } catch (JsonException e) {
            throw Problem.MALFORMED_BODY.error("The request's body is no JSON object: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
