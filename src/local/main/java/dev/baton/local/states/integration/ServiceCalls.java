package dev.baton.local.states.integration;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Calls a service of this process as a request from outside would reach it, without the wire between.
record ServiceCalls(Account account, Function<String, @Nullable Service> services, Scheduler scheduler) {
    /// An answer with its content read.
    record Answer(int status, Headers headers, byte[] bytes) {}

    /// One operation of a service that speaks AWS JSON.
    ///
    /// @throws dev.baton.local.http.ServiceRefusal what the service answers instead
    Map<String, @Nullable Object> json(
            String service, String operation, Map<String, @Nullable Object> input, Caller caller) {
        var target = services.apply(service) instanceof JsonService json ? json.target(operation) : operation;
        var headers = Headers.of("X-Amz-Target", target, "Content-Type", "application/x-amz-json-1.0");
        var answer = send(service, "POST", "/", "", headers, Json.bytes(input), caller);
        return answer.bytes().length == 0 ? Map.of() : Json.parseObject(answer.bytes());
    }

    Answer send(
            String name,
            String method,
            String rawPath,
            String rawQuery,
            Headers headers,
            byte[] content,
            Caller caller) {
        var service = services.apply(name);
        if (service == null) {
            throw new AwsError(400, "UnknownService", "The embedded AWS has no service " + name + ".");
        }
        var request = new AwsRequest(
                method,
                rawPath,
                rawQuery,
                headers,
                AwsRequest.Body.of(content),
                // Between services nothing is signed over; what asks for a signature asks for a known caller.
                new AwsRequest.Signed(caller, caller.userId(), account.region(), false, 0),
                UUID.randomUUID().toString(),
                "127.0.0.1",
                scheduler.now());
        try {
            var response = service.handle(request);
            return new Answer(response.status(), response.headers(), bytes(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(AwsResponse response) throws IOException {
        return switch (response.body()) {
            case AwsResponse.Bytes bytes -> bytes.bytes();
            case AwsResponse.Stream stream -> {
                var out = new ByteArrayOutputStream();
                stream.source().writeTo(out);
                yield out.toByteArray();
            }
        };
    }
}
