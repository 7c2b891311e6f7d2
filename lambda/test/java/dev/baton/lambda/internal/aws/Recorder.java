package dev.baton.lambda.internal.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// An HTTP client that keeps what it is given and answers each with the next of the answers that were laid ready.
public final class Recorder implements SdkHttpClient {
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> dates = new ArrayList<>();
    private final List<String> signers = new ArrayList<>();
    private final AtomicInteger aborted = new AtomicInteger();
    private final List<HttpExecuteResponse> answers = new ArrayList<>();

    /// A request as it would go over the wire, without what is of this one attempt: its signature and date, and who
    /// sends it.
    public record Sent(String line, Map<String, List<String>> query, Map<String, List<String>> headers, String body) {
        static Sent of(HttpExecuteRequest request) {
            var http = request.httpRequest();
            var headers = new TreeMap<String, List<String>>();
            http.forEachHeader((name, values) -> {
                var lower = name.toLowerCase(Locale.ROOT);
                if (!OF_THE_ATTEMPT.contains(lower) && !lower.startsWith("amz-sdk-")) {
                    headers.put(lower, values);
                }
            });
            var port = http.port();
            return new Sent(
                    http.method() + " " + http.protocol() + "://" + http.host() + ":" + port + http.encodedPath(),
                    new TreeMap<>(http.rawQueryParameters()),
                    headers,
                    body(request));
        }

        /// As HTTP clients do: they read the content and leave its closing to who gave it.
        private static String body(HttpExecuteRequest request) {
            return request.contentStreamProvider()
                    .map(content -> {
                        try {
                            return new String(content.newStream().readAllBytes(), StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .orElse("");
        }
    }

    private static final List<String> OF_THE_ATTEMPT =
            List.of("authorization", "x-amz-date", "user-agent", "x-amzn-trace-id");

    /// What was sent, in its order.
    public List<Sent> sent() {
        return sent;
    }

    /// When the requests say that they were signed, in the form of their signatures.
    public List<String> dates() {
        return dates;
    }

    /// The ids of the access keys that the requests were signed with.
    public List<String> signers() {
        return signers;
    }

    /// How many answers were given up, each with its connection.
    public int aborted() {
        return aborted.get();
    }

    /// Lays an answer ready.
    public Recorder answering(int status, Map<String, String> headers, String body) {
        return answering(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private Recorder answering(int status, Map<String, String> headers, byte[] body) {
        var response = SdkHttpResponse.builder().statusCode(status);
        headers.forEach(response::putHeader);
        answers.add(HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body), aborted::incrementAndGet))
                .build());
        return this;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                sent.add(Sent.of(request));
                request.httpRequest().firstMatchingHeader("X-Amz-Date").ifPresent(dates::add);
                request.httpRequest()
                        .firstMatchingHeader("Authorization")
                        .ifPresent(signature -> signers.add(signature.replaceFirst("^.*Credential=([^/]+)/.*$", "$1")));
                if (answers.isEmpty()) {
                    throw new IOException("the line is dead");
                }
                return answers.removeFirst();
            }

            @Override
            public void abort() {
                // Nothing is under way.
            }
        };
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
