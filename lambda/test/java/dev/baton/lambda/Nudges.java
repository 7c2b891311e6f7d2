package dev.baton.lambda;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// What becomes of the asynchronous invocations that the functions of tasks make.
enum Nudges {
    ARRIVE,
    LOST,
    THREE_TIMES,
    /// Only when [#late] is opened.
    LATE;

    private final CountDownLatch late = new CountDownLatch(1);

    /// The function of a task on such a network.
    TaskFunction function(Map<String, String> variables) {
        var environment = new FunctionEnvironment(variables);
        return new TaskFunction(environment, new ServiceClients(environment, Network::new), InstantSource.system());
    }

    /// Lets late ones arrive.
    void arrive() {
        late.countDown();
    }

    private final class Network implements SdkHttpClient {
        private final SdkHttpClient http = ServiceClients.shared();

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            if (!request.httpRequest().encodedPath().contains("/functions/")) {
                return http.prepareRequest(request);
            }
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    return send(request);
                }

                @Override
                public void abort() {
                    // There is nothing under way.
                }
            };
        }

        private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
            switch (Nudges.this) {
                case ARRIVE -> {}
                case LOST -> throw new IOException("lost");
                case THREE_TIMES -> {
                    http.prepareRequest(request).call();
                    http.prepareRequest(request).call();
                }
                case LATE -> {
                    Thread.ofVirtual().start(() -> {
                        try {
                            late.await();
                            http.prepareRequest(request).call();
                        } catch (IOException | InterruptedException e) {
                            // As good as lost.
                        }
                    });
                    throw new IOException("late");
                }
            }
            return http.prepareRequest(request).call();
        }

        @Override
        public void close() {
            // The clients of the process stay open.
        }
    }
}
