package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.lambda.farm.FarmPipeline;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Ledger;
import dev.baton.lambda.farm.Weighed;
import dev.baton.lambda.farm.Yield;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// The whole way over the wire: upload, event, start, pin, roles, tasks, outputs.
class DeployedFarmTest {
    private final Set<String> sessionKeys = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean dies = new AtomicBoolean();
    private DeployedFarm farm;

    @BeforeEach
    void deploy() {
        Ledger.clear();
        farm = new DeployedFarm(new FarmPipeline().pipelines().getFirst(), variables -> {
            var environment = new FunctionEnvironment(variables);
            var clients = new ServiceClients(environment, () -> new Watched(ServiceClients.shared()));
            return new TaskFunction(environment, clients, InstantSource.system());
        });
    }

    @AfterEach
    void stop() {
        farm.close();
    }

    /// Sees which keys are used on the lake, and dies once, when asked to, right after an output was written.
    private final class Watched implements SdkHttpClient {
        private final SdkHttpClient http;

        Watched(SdkHttpClient http) {
            this.http = http;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            var sent = request.httpRequest();
            var writes =
                    sent.method() == SdkHttpMethod.PUT && sent.encodedPath().startsWith("/farm-lake/");
            var sending = http.prepareRequest(request);
            if (!writes) {
                return sending;
            }
            sent.firstMatchingHeader("Authorization")
                    .ifPresent(header -> sessionKeys.add(header.replaceFirst("^.*Credential=([^/]+)/.*$", "$1")));
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    var response = sending.call();
                    if (dies.compareAndSet(true, false)) {
                        throw new Error("killed after the output was written");
                    }
                    return response;
                }

                @Override
                public void abort() {
                    sending.abort();
                }
            };
        }

        @Override
        public void close() {
            // The clients of the process stay open.
        }
    }

    @Test
    void killed_after_the_output_the_retry_of_the_state_completes_without_running_again() throws InterruptedException {
        dies.set(true);
        farm.upload("landing/north/2012.txt", "1\n2\n");
        farm.upload("landing/south/2012.txt", "10\n");
        var execution = farm.ended(1).getFirst();

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(dies).isFalse();
        assertThat(farm.history(execution.executionArn()))
                .filteredOn(event -> event.type() == HistoryEventType.TASK_FAILED)
                .hasSize(1);
        for (var field : Field.values()) {
            assertThat(Ledger.runsOf(new Weighed(field, 2012))).isEqualTo(1);
        }
        assertThat(farm.read(DeployedFarm.LAKE, "yield/2012.txt")).isEqualTo("13");
        assertThat(farm.versions(DeployedFarm.LAKE, "weighed/")).hasSize(2);
        // Three tasks wrote, each with keys of its own.
        assertThat(sessionKeys).hasSize(3);
    }

    @Test
    void two_uploads_make_one_execution_whose_tasks_each_act_under_their_own_role() throws InterruptedException {
        farm.upload("landing/north/2012.txt", "1\n2\n");
        farm.upload("landing/south/2012.txt", "10\n");
        var executions = farm.ended(1);

        assertThat(executions).hasSize(1);
        assertThat(executions.getFirst().status())
                .as(farm.cause(executions.getFirst().executionArn()))
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(executions.getFirst().name()).matches("farm-2012-[0-9a-f]{32}");
        assertThat(farm.read(DeployedFarm.LAKE, "yield/2012.txt")).isEqualTo("13");
        var records =
                farm.s3().listObjectsV2(r -> r.bucket(DeployedFarm.STATE).prefix("completions/")).contents().stream()
                        .filter(object -> object.key().endsWith(".json"))
                        .map(object -> farm.read(DeployedFarm.STATE, object.key()))
                        .toList();
        assertThat(records).hasSize(3).allSatisfy(record -> assertThat(record).contains("\"session\":\"keys\""));
        assertThat(records.toString())
                .contains("assumed-role/baton-farm-Weighed/")
                .contains("assumed-role/baton-farm-Yield/");

        // The same bytes again: another run, in which nothing runs.
        farm.upload("landing/south/2012.txt", "10\n");
        assertThat(farm.ended(2)).allMatch(execution -> execution.status() == ExecutionStatus.SUCCEEDED);
        assertThat(Ledger.runsOf(new Yield(2012))).isEqualTo(1);
        assertThat(Ledger.runsOf(new Weighed(Field.SOUTH, 2012))).isEqualTo(1);
        assertThat(farm.versions(DeployedFarm.LAKE, "yield/")).hasSize(1);
    }

    @Test
    void invalid_data_fails_at_once_with_its_place_and_the_corrected_upload_succeeds() throws InterruptedException {
        farm.upload("landing/north/2012.txt", "1\nmany\n");
        farm.upload("landing/south/2012.txt", "10\n");
        var failed = farm.ended(1).getFirst();

        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(farm.cause(failed.executionArn()))
                .startsWith("dev.baton.task.DataInvalid")
                .contains("s3://lake/landing/north/2012.txt line 2, column 1")
                .contains("many");
        assertThat(Ledger.runsOf(new Weighed(Field.NORTH, 2012))).isEqualTo(1);
        assertThat(farm.versions(DeployedFarm.LAKE, "weighed/north/")).isEmpty();

        farm.upload("landing/north/2012.txt", "1\n5\n");
        assertThat(farm.ended(2))
                .extracting(execution -> execution.status())
                .containsExactlyInAnyOrder(ExecutionStatus.FAILED, ExecutionStatus.SUCCEEDED);
        assertThat(farm.read(DeployedFarm.LAKE, "yield/2012.txt")).isEqualTo("16");
    }

    @Test
    void a_start_from_the_console_runs_and_wrong_input_fails_with_a_sentence() throws InterruptedException {
        var wrong = farm.start("{\"parameters\":{\"year\":\"MMXII\"}}");
        farm.ended(1);
        assertThat(farm.cause(wrong)).startsWith("dev.baton.task.InvalidInput").contains("year");
        assertThat(farm.history(wrong))
                .filteredOn(event -> event.type() == HistoryEventType.TASK_STATE_ENTERED)
                .hasSize(1);

        farm.upload("landing/north/2013.txt", "1\n");
        farm.upload("landing/south/2013.txt", "2\n");
        farm.ended(2);
        var again = farm.start("{\"parameters\":{\"year\":2013}}");
        farm.ended(3);
        assertThat(farm.cause(again)).isEqualTo("null: null");
        assertThat(Ledger.runsOf(new Yield(2013))).isEqualTo(1);
    }
}
