package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.lambda.farm.Bridge;
import dev.baton.lambda.internal.aws.Clients;
import dev.baton.lambda.internal.aws.Environment;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// A join by task token in a real execution, with its nudges and without them.
class DeployedAwaitTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_graph_that_fork_join_cannot_say_runs_whether_or_not_its_nudges_arrive(boolean nudges)
            throws InterruptedException {
        try (var farm = new DeployedFarm(Pipeline.of("bridge", Bridge.class), variables -> {
            var environment = new Environment(variables);
            var clients = new Clients(environment, nudges ? Clients::shared : WithoutNudges::new);
            return new TaskFunction(environment, clients, InstantSource.system());
        })) {
            farm.upload("landing/north/2012.txt", "n\n");
            farm.upload("landing/south/2012.txt", "s\n");
            var execution = farm.ended(1).getFirst();

            assertThat(execution.status())
                    .as(farm.cause(execution.executionArn()))
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(farm.read(DeployedFarm.LAKE, "bridges/2012.txt"))
                    .isEqualTo("FAR_LEFT(LEFT(n)) MIDDLE(LEFT(n))(RIGHT(s))");
            assertThat(farm.history(execution.executionArn()))
                    .filteredOn(event -> event.type() == HistoryEventType.TASK_SUBMITTED)
                    .isNotEmpty();
            assertThat(farm.history(execution.executionArn()))
                    .noneMatch(event -> event.type() == HistoryEventType.TASK_TIMED_OUT);
        }
    }

    /// A network on which no asynchronous invocation arrives.
    private static final class WithoutNudges implements SdkHttpClient {
        private final SdkHttpClient http = Clients.shared();

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            if (!request.httpRequest().encodedPath().contains("/functions/")) {
                return http.prepareRequest(request);
            }
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    throw new IOException("lost");
                }

                @Override
                public void abort() {
                    // There is nothing under way.
                }
            };
        }

        @Override
        public void close() {
            // The clients of the process stay open.
        }
    }
}
