package dev.baton.local.lambda.process;

import dev.baton.json.Json;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.internal.HttpServer;
import dev.baton.local.lambda.function.Invocation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The [Runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) of one execution environment:
/// hands out one invocation at a time, and takes its response or its error.
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final String INVOCATION = ROOT + "invocation/";
    /// 6 MB and what Lambda adds for its own envelope.
    static final int MAX_RESPONSE = 6_291_556;

    private final InstantSource clock;
    private final HttpServer server;
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private final CompletableFuture<Reply> initError = new CompletableFuture<>();
    private volatile @Nullable Delivery current;
    private volatile CompletableFuture<Void> idle = new CompletableFuture<>();
    private final CompletableFuture<Void> initialized = new CompletableFuture<>();

    /// The runtime's answer to an invocation, or about its own start.
    ///
    /// @param errorType null for a response
    record Reply(byte[] payload, @Nullable String errorType) {}

    /// An invocation on its way through the runtime.
    static final class Delivery {
        private final Invocation invocation;
        private final long timeoutMillis;
        /// Done when the runtime has it.
        final CompletableFuture<Void> taken = new CompletableFuture<>();
        final CompletableFuture<Reply> reply = new CompletableFuture<>();

        private Delivery(Invocation invocation, long timeoutMillis) {
            this.invocation = invocation;
            this.timeoutMillis = timeoutMillis;
        }
    }

    RuntimeApi(InstantSource clock) throws IOException {
        this.clock = clock;
        this.server = new HttpServer(0, clock, (request, source) -> answer(request));
    }

    /// What `AWS_LAMBDA_RUNTIME_API` is: host and port.
    String address() {
        return "127.0.0.1:" + server.port();
    }

    /// Has the runtime do this next.
    Delivery deliver(Invocation invocation, long timeoutMillis) {
        var delivery = new Delivery(invocation, timeoutMillis);
        waiting.add(delivery);
        return delivery;
    }

    /// Done when the runtime has come for its first invocation.
    CompletableFuture<Void> initialized() {
        return initialized;
    }

    /// What the runtime says when its start failed.
    CompletableFuture<Reply> initError() {
        return initError;
    }

    /// Done when the runtime has come for another invocation after the one that it was last given.
    CompletableFuture<Void> idle() {
        return idle;
    }

    private AwsResponse answer(HttpServer.Request request) throws IOException {
        var path = request.rawPath();
        if (request.method().equals("GET") && path.equals(INVOCATION + "next")) {
            return next();
        }
        if (request.method().equals("GET") && path.equals(ROOT + "restore/next")) {
            // A snapshot would be taken here; this process simply goes on, restored.
            return json(200, Map.of());
        }
        if (request.method().equals("POST")) {
            if (path.equals(ROOT + "init/error") || path.equals(ROOT + "restore/error")) {
                initError.complete(error(request));
                return accepted();
            }
            var end = path.lastIndexOf('/');
            if (path.startsWith(INVOCATION) && end > INVOCATION.length()) {
                return reply(path.substring(INVOCATION.length(), end), path.substring(end + 1), request);
            }
        }
        return refused(404, "InvalidRequest", "unknown path " + path);
    }

    private AwsResponse next() {
        current = null;
        initialized.complete(null);
        idle.complete(null);
        try {
            var delivery = waiting.take();
            idle = new CompletableFuture<>();
            current = delivery;
            delivery.taken.complete(null);
            var invocation = delivery.invocation;
            return AwsResponse.of(200, "application/json", invocation.payload())
                    .with("Lambda-Runtime-Aws-Request-Id", invocation.requestId())
                    .with("Lambda-Runtime-Deadline-Ms", Long.toString(clock.millis() + delivery.timeoutMillis))
                    .with("Lambda-Runtime-Invoked-Function-Arn", invocation.invokedArn())
                    .with("Lambda-Runtime-Trace-Id", TraceId.of(invocation))
                    .with("Lambda-Runtime-Client-Context", invocation.origin().clientContext());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(500, "ServiceException", "the environment is shutting down");
        }
    }

    private AwsResponse reply(String requestId, String kind, HttpServer.Request request) throws IOException {
        var delivery = current;
        if (delivery == null || !delivery.invocation.requestId().equals(requestId)) {
            return refused(400, "InvalidRequestID", "Invalid request ID");
        }
        switch (kind) {
            case "response" -> {
                var payload = request.body().readNBytes(MAX_RESPONSE + 1);
                if (payload.length > MAX_RESPONSE) {
                    delivery.reply.complete(tooLarge());
                    return refused(413, "Function.ResponseSizeTooLarge", "Exceeded maximum allowed payload size");
                }
                delivery.reply.complete(new Reply(payload, null));
                return accepted();
            }
            case "error" -> {
                delivery.reply.complete(error(request));
                return accepted();
            }
            default -> {
                return refused(404, "InvalidRequest", "unknown path " + request.rawPath());
            }
        }
    }

    private static Reply tooLarge() {
        var type = "Function.ResponseSizeTooLarge";
        return new Reply(
                Json.bytes(Map.of(
                        "errorMessage",
                        "Response payload size exceeded maximum allowed payload size (" + MAX_RESPONSE + " bytes).",
                        "errorType",
                        type)),
                type);
    }

    private static Reply error(HttpServer.Request request) throws IOException {
        var payload = request.body().readNBytes(MAX_RESPONSE);
        var inBody = ErrorBody.type(payload);
        return new Reply(
                payload,
                inBody == null
                        ? request.headers().get("Lambda-Runtime-Function-Error-Type", "Runtime.Unknown")
                        : inBody);
    }

    private static AwsResponse accepted() {
        return json(202, Map.of("status", "OK"));
    }

    private static AwsResponse refused(int status, String type, String message) {
        return json(status, Map.of("errorMessage", message, "errorType", type));
    }

    private static AwsResponse json(int status, Map<String, String> body) {
        return AwsResponse.of(status, "application/json", Json.bytes(body));
    }

    @Override
    public void close() {
        server.close();
    }
}
