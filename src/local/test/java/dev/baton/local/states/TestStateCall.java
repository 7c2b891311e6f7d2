package dev.baton.local.states;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.iam.policy.Principal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Calls TestState as the account's root, without a connection.
final class TestStateCall {
    /// Members of InspectionData that are no JSON text.
    private static final Set<String> PLAIN = Set.of(
            "maxConcurrency",
            "toleratedFailureCount",
            "toleratedFailurePercentage",
            "errorDetails",
            "request",
            "response");

    private TestStateCall() {}

    /// @throws dev.baton.local.http.AwsError when the request is refused
    static Map<String, Object> answer(EmbeddedAws aws, Map<String, Object> input) throws IOException {
        var account = aws.account();
        var caller = new Caller(new Principal.Root("aws", account.id()), account.id(), null);
        var response = aws.states()
                .service()
                .handle(new AwsRequest(
                        "POST",
                        "/",
                        "",
                        Headers.of("X-Amz-Target", "AWSStepFunctions.TestState"),
                        new Content(Json.bytes(input)),
                        new AwsRequest.Signed(caller, "", account.region(), false, 0),
                        "id",
                        "127.0.0.1",
                        Instant.now()));
        return Json.parseObject(((AwsResponse.Bytes) response.body()).bytes());
    }

    /// An answer with its JSON texts read.
    static Map<String, Object> parsed(Map<String, Object> answer) {
        var parsed = new LinkedHashMap<>(answer);
        if (answer.get("output") instanceof String text) {
            parsed.put("output", Json.parse(text));
        }
        if (answer.get("inspectionData") instanceof Map<?, ?> data) {
            var read = new LinkedHashMap<String, Object>();
            data.forEach((name, value) ->
                    read.put((String) name, PLAIN.contains(name) ? value : Json.parse((String) value)));
            parsed.put("inspectionData", read);
        }
        return parsed;
    }

    private record Content(byte[] bytes) implements AwsRequest.Body {
        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public Headers trailers() {
            return new Headers();
        }
    }
}
