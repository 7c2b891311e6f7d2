package dev.baton.cli.serve;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/// One client on two streams, a message of JSON-RPC a line. A line that is too long or no message is answered with an
/// error, and the next one is read: whoever writes nonsense does not end the session. A request that its sender cancels
/// is ended.
///
/// See [stdio](https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#stdio).
final class LineTransport implements McpServerTransportProvider, McpServerTransport {
    /// Bytes of a line; a proposal fits in.
    static final int LONGEST = 8 * 1_048_576;
    private static final String CANCELLED = "notifications/cancelled";

    private final InputStream in;
    private final OutputStream out;
    private final McpJsonMapper json;
    private final Map<Object, Disposable> working = new ConcurrentHashMap<>();
    private @Nullable McpServerSession session;

    LineTransport(InputStream in, OutputStream out, McpJsonMapper json) {
        this.in = in;
        this.out = out;
        this.json = json;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(this);
    }

    /// Reads until the client closes its end.
    void serve() throws IOException {
        var line = new ByteArrayOutputStream();
        var isTooLong = false;
        for (var read = in.read(); ; read = in.read()) {
            if (read >= 0 && read != '\n') {
                isTooLong |= line.size() >= LONGEST;
                if (!isTooLong) {
                    line.write(read);
                }
                continue;
            }
            if (isTooLong) {
                refuse(null, ErrorCodes.INVALID_REQUEST, "a message is of at most " + LONGEST + " bytes");
            } else if (!line.toString(StandardCharsets.UTF_8).isBlank()) {
                take(line.toString(StandardCharsets.UTF_8));
            }
            line.reset();
            isTooLong = false;
            if (read < 0) {
                return;
            }
        }
    }

    private void take(String line) {
        try {
            if (!isMessage(Json.parse(line))) {
                refuse(null, ErrorCodes.INVALID_REQUEST, "is not a message of JSON-RPC 2.0");
                return;
            }
            var message = McpSchema.deserializeJsonRpcMessage(json, line);
            if (message instanceof JSONRPCNotification notification && CANCELLED.equals(notification.method())) {
                cancel(notification);
            } else {
                handle(message);
            }
        } catch (IOException | JsonException | IllegalArgumentException e) {
            refuse(null, ErrorCodes.PARSE_ERROR, "is not JSON");
        }
    }

    /// Whether it is a request, a notification or a response; the library takes more for one.
    private static boolean isMessage(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !"2.0".equals(map.get("jsonrpc"))) {
            return false;
        }
        var hasId = map.get("id") instanceof String || map.get("id") instanceof Number;
        return map.containsKey("method")
                ? map.get("method") instanceof String && (hasId || !map.containsKey("id"))
                : hasId && (map.containsKey("result") || map.containsKey("error"));
    }

    private void cancel(JSONRPCNotification notification) {
        var request = notification.params() instanceof Map<?, ?> map ? map.get("requestId") : null;
        var cancelled = request == null ? null : working.remove(request);
        if (cancelled != null) {
            cancelled.dispose();
        }
    }

    private void handle(JSONRPCMessage message) {
        var id = message instanceof JSONRPCRequest request ? request.id() : null;
        var handling = Objects.requireNonNull(session)
                .handle(message)
                .doFinally(end -> {
                    if (id != null) {
                        working.remove(id);
                    }
                })
                .subscribe(done -> {}, failed -> refuse(id, ErrorCodes.INTERNAL_ERROR, "the request failed"));
        if (id != null && !handling.isDisposed()) {
            working.put(id, handling);
            if (handling.isDisposed()) {
                working.remove(id);
            }
        }
    }

    private void refuse(@Nullable Object id, int code, String message) {
        // A message without an id has none in its answer either, which the library's type does not allow.
        try {
            write(
                    id == null
                            ? "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + ",\"message\":\""
                                    + message + "\"}}"
                            : json.writeValueAsString(JSONRPCResponse.error(id, new JSONRPCError(code, message))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String message) {
        synchronized (out) {
            try {
                out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            try {
                write(json.writeValueAsString(message));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return McpServerTransport.super.protocolVersions();
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return Objects.requireNonNull(session).sendNotification(method, params);
    }

    @Override
    public void close() {
        working.values().forEach(Disposable::dispose);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }
}
