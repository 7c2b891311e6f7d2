package dev.baton.lambda.internal.task;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// The shared HTTP client as the clients of one attempt have it: when the attempt ends, requests that are on their way
/// are broken off, and no further one is sent. To close one of the SDK's clients would not do that, for what it sends
/// with belongs to the whole function.
final class AttemptHttp implements SdkHttpClient {
    private final SdkHttpClient http;
    private final AttemptEnd end;
    private final Set<ExecutableHttpRequest> onTheirWay = ConcurrentHashMap.newKeySet();

    AttemptHttp(SdkHttpClient http, AttemptEnd end) {
        this.http = http;
        this.end = end;
    }

    /// To be called once the end is reached.
    void abort() {
        onTheirWay.forEach(ExecutableHttpRequest::abort);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var what = "a request to " + request.httpRequest().host();
        end.refuse(what);
        var prepared = http.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                onTheirWay.add(prepared);
                try {
                    // After it was added: what is not seen by abort() sees the end here.
                    end.refuse(what);
                    return readable(prepared.call(), what);
                } finally {
                    onTheirWay.remove(prepared);
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private HttpExecuteResponse readable(HttpExecuteResponse response, String what) {
        var answer = HttpExecuteResponse.builder().response(response.httpResponse());
        response.responseBody()
                .ifPresent(body -> answer.responseBody(
                        AbortableInputStream.create(new AttemptStream(body, end, "the answer to " + what), body)));
        return answer.build();
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    /// The shared client stays open.
    @Override
    public void close() {}
}
