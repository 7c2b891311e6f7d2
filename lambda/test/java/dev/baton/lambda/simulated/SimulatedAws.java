package dev.baton.lambda.simulated;

import dev.baton.json.Json;
import dev.baton.lambda.simulated.SimulatedObjects.Call;
import dev.baton.lambda.simulated.SimulatedObjects.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;

/// The services that the handlers speak with, as bytes on a wire that is no network: the SDK's clients marshal, sign
/// and parse as always, and a schedule of hundreds of requests takes milliseconds. What a role may do is not simulated.
public final class SimulatedAws {
    private static final Pattern SERVICE = Pattern.compile("Credential=[^/]+/[0-9]+/[^/]+/([a-z0-9-]+)/");

    private final SimulatedObjects objects = new SimulatedObjects();
    private final SimulatedStates states = new SimulatedStates();
    private final Deque<Invocation> invocations = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-22T05:00:00Z");
    private final List<Map<String, Object>> published = new ArrayList<>();
    private final List<Map<String, String>> assumed = new ArrayList<>();
    private final List<String> keysUsed = new ArrayList<>();
    private int throttled;

    public SimulatedObjects objects() {
        return objects;
    }

    public SimulatedStates states() {
        return states;
    }

    /// An asynchronous invocation that was accepted.
    ///
    /// @param function as it was named
    public record Invocation(String function, String payload) {}

    /// Asynchronous invocations, oldest first; the test delivers them, or not.
    public Deque<Invocation> invocations() {
        return invocations;
    }

    /// What functions take for the time, where they care.
    public Instant now() {
        return now;
    }

    /// Time goes by.
    public void passes(Duration time) {
        now = now.plus(time);
    }

    /// The entries of PutEvents.
    public List<Map<String, Object>> published() {
        return published;
    }

    /// The parameters of every AssumeRole.
    public List<Map<String, String>> assumed() {
        return assumed;
    }

    /// Which access key ids signed requests to S3, in their order.
    public List<String> keysUsed() {
        return keysUsed;
    }

    /// The next calls of AssumeRole are too many.
    public void throttle(int calls) {
        throttled = calls;
    }

    /// S3 without a wire between.
    public S3Client s3() {
        return new DirectS3((method, subject, query, headers, body) -> {
            var slash = subject.indexOf('/');
            var reply = objects.handle(
                    method,
                    slash < 0 ? subject : subject.substring(0, slash),
                    slash < 0 ? "" : subject.substring(slash + 1),
                    query,
                    new Direct(headers, body));
            return new DirectS3.Answer(reply.status(), reply.headers(), reply.body());
        });
    }

    /// @param known headers, by their names in small letters
    @SuppressWarnings("ArrayRecordComponent")
    private record Direct(Map<String, String> known, byte[] body) implements Call {
        @Override
        public @Nullable String header(String name) {
            return known.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public Map<String, String> headers(String... prefixes) {
            var found = new LinkedHashMap<String, String>();
            known.forEach((name, value) -> {
                if (value != null && List.of(prefixes).stream().anyMatch(name::startsWith)) {
                    found.put(name, value);
                }
            });
            return found;
        }
    }

    HttpExecuteResponse send(HttpExecuteRequest request) {
        try {
            var reply = reply(new Wire(request));
            var response = SdkHttpResponse.builder().statusCode(reply.status());
            reply.headers().forEach(response::putHeader);
            return HttpExecuteResponse.builder()
                    .response(response.build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(reply.body())))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Reply reply(Wire wire) {
        return switch (wire.service()) {
            case "s3" -> {
                keysUsed.add(wire.accessKey());
                var path = URLDecoder.decode(
                        wire.request.httpRequest().encodedPath().replace("+", "%2B"), StandardCharsets.UTF_8);
                var slash = path.indexOf('/', 1);
                var bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
                var key = slash < 0 ? "" : path.substring(slash + 1);
                yield objects.handle(wire.request.httpRequest().method().name(), bucket, key, wire.query(), wire);
            }
            case "states" -> states.handle(wire.target(), Json.parseObject(wire.body()));
            case "sts" -> assume(wire.form());
            case "lambda" -> {
                var path = URLDecoder.decode(wire.request.httpRequest().encodedPath(), StandardCharsets.UTF_8);
                var function = path.replaceFirst(".*/functions/", "").replaceFirst("/invocations$", "");
                invocations.add(new Invocation(function, new String(wire.body(), StandardCharsets.UTF_8)));
                yield new Reply(202, Map.of(), new byte[0]);
            }
            case "events" -> {
                for (var entry : (List<?>) Json.parseObject(wire.body()).get("Entries")) {
                    @SuppressWarnings("unchecked")
                    var fields = (Map<String, Object>) entry;
                    published.add(fields);
                }
                yield Reply.json(200, "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}");
            }
            default -> throw new IllegalArgumentException(wire.service() + " is not simulated");
        };
    }

    private Reply assume(Map<String, String> form) {
        if (throttled > 0) {
            throttled--;
            return Reply.xml(
                    400,
                    "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>");
        }
        assumed.add(form);
        var number = assumed.size();
        return Reply.xml(
                200,
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA" + number
                        + "</AccessKeyId><SecretAccessKey>canary-secret-" + number
                        + "</SecretAccessKey><SessionToken>canary-token-" + number
                        + "</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>"
                        + "<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/"
                        + form.get("RoleSessionName")
                        + "</Arn><AssumedRoleId>A:1</AssumedRoleId></AssumedRoleUser><PackedPolicySize>40</PackedPolicySize>"
                        + "</AssumeRoleResult></AssumeRoleResponse>");
    }

    private static final class Wire implements Call {
        private final HttpExecuteRequest request;
        private final byte[] body;

        Wire(HttpExecuteRequest request) throws IOException {
            this.request = request;
            var sent = request.contentStreamProvider().isEmpty()
                    ? new byte[0]
                    : request.contentStreamProvider().get().newStream().readAllBytes();
            this.body = header("x-amz-decoded-content-length") == null ? sent : unchunked(sent);
        }

        /// The content of `aws-chunked` bytes: each chunk is its size in hexadecimal, its signature, and its bytes.
        private static byte[] unchunked(byte[] sent) {
            var content = new ByteArrayOutputStream();
            var at = 0;
            while (true) {
                var end = at;
                while (sent[end] != '\n') {
                    end++;
                }
                var size = new String(sent, at, end - at, StandardCharsets.US_ASCII)
                        .replaceFirst(";.*", "")
                        .strip();
                var length = Integer.parseInt(size, 16);
                if (length == 0) {
                    return content.toByteArray();
                }
                content.write(sent, end + 1, length);
                at = end + 1 + length + 2;
            }
        }

        String service() {
            var scope = SERVICE.matcher(String.valueOf(header("Authorization")));
            return scope.find() ? scope.group(1) : "nothing, because the request is unsigned,";
        }

        String accessKey() {
            return String.valueOf(header("Authorization")).replaceFirst("^.*Credential=([^/]+)/.*$", "$1");
        }

        String target() {
            var target = String.valueOf(header("X-Amz-Target"));
            return target.substring(target.indexOf('.') + 1);
        }

        Map<String, String> query() {
            var query = new LinkedHashMap<String, String>();
            request.httpRequest()
                    .rawQueryParameters()
                    .forEach((name, values) -> query.put(name, values.isEmpty() ? "" : values.getFirst()));
            return query;
        }

        Map<String, String> form() {
            var form = new LinkedHashMap<String, String>();
            for (var pair : new String(body, StandardCharsets.UTF_8).split("&")) {
                var equals = pair.indexOf('=');
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
            return form;
        }

        @Override
        public @Nullable String header(String name) {
            return request.httpRequest().firstMatchingHeader(name).orElse(null);
        }

        @Override
        public Map<String, String> headers(String... prefixes) {
            var found = new LinkedHashMap<String, String>();
            request.httpRequest().forEachHeader((name, values) -> {
                var lower = name.toLowerCase(Locale.ROOT);
                if (List.of(prefixes).stream().anyMatch(lower::startsWith)) {
                    found.put(lower, values.getFirst());
                }
            });
            return found;
        }

        @Override
        public byte[] body() {
            return body;
        }
    }
}
