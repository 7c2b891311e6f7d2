package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Granary;
import dev.baton.lambda.farm.Ledger;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.plan.OutputTables;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What happens between the document of an item and the item.
class DeployedItemTest {
    private final AtomicReference<Runnable> beforeThePut = new AtomicReference<>();
    private final CountDownLatch anotherPut = new CountDownLatch(1);
    private DeployedFarm farm;

    @BeforeEach
    void deploy() {
        Ledger.clear();
        farm = new DeployedFarm(Pipeline.of("granary", Granary.class), variables -> {
            var environment = new FunctionEnvironment(variables);
            return new TaskFunction(
                    environment,
                    new ServiceClients(environment, () -> new Watched(ServiceClients.shared())),
                    InstantSource.system());
        });
        assertThat(new OutputTables(
                                farm.aws().endpoint(),
                                farm.aws().account().region(),
                                administrator(),
                                ServiceClients.shared())
                        .make(new Granary(Field.NORTH, 2012).output()))
                .isTrue();
    }

    @AfterEach
    void stop() {
        farm.close();
    }

    private StaticCredentialsProvider administrator() {
        var administrator = farm.aws().administrator();
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(administrator.accessKeyId(), administrator.secretAccessKey()));
    }

    /// Does something once, right before the first item is put, and knows when another is.
    private final class Watched implements SdkHttpClient {
        private final SdkHttpClient http;

        Watched(SdkHttpClient http) {
            this.http = http;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            var sending = http.prepareRequest(request);
            var puts = request.httpRequest()
                    .firstMatchingHeader("X-Amz-Target")
                    .filter("DynamoDB_20120810.PutItem"::equals)
                    .isPresent();
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    var deed = puts ? beforeThePut.getAndSet(null) : null;
                    if (deed != null) {
                        deed.run();
                        return sending.call();
                    }
                    var answer = sending.call();
                    if (puts) {
                        anotherPut.countDown();
                    }
                    return answer;
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

    private Map<?, ?> item() throws IOException {
        var environment = new FunctionEnvironment(Map.of(
                "AWS_REGION",
                farm.aws().account().region(),
                "AWS_ENDPOINT_URL",
                farm.aws().endpoint().toString()));
        var answer = new ServiceClients(environment)
                .post(administrator())
                .send(
                        "dynamodb",
                        "/",
                        Map.of(
                                "Content-Type",
                                "application/x-amz-json-1.0",
                                "X-Amz-Target",
                                "DynamoDB_20120810.GetItem"),
                        Json.bytes(Map.of(
                                "TableName",
                                "granary",
                                "Key",
                                new Granary(Field.NORTH, 2012).output().key())));
        return (Map<?, ?>) Objects.requireNonNull(Json.parseObject(answer).get("Item"));
    }

    @Test
    void killed_between_document_and_item_the_retry_puts_the_item_without_running_again()
            throws InterruptedException, IOException {
        beforeThePut.set(() -> {
            throw new Error("killed before the item was put");
        });
        farm.upload("landing/north/2012.txt", "1\n2\n");
        var execution = farm.ended(1).getFirst();

        assertThat(execution.status()).as(farm.cause(execution.executionArn())).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(beforeThePut).hasNullValue();
        assertThat(item().get("sacks")).isEqualTo(Map.of("N", "2"));
        assertThat(Ledger.runsOf(new Granary(Field.NORTH, 2012))).isEqualTo(1);
        assertThat(farm.versions(DeployedFarm.LAKE, "granary/")).hasSize(1);
    }

    @Test
    void a_run_that_dawdles_between_document_and_item_puts_nothing_over_that_of_a_later_run()
            throws InterruptedException, IOException {
        var dawdles = new CountDownLatch(1);
        beforeThePut.set(() -> {
            dawdles.countDown();
            try {
                assertThat(anotherPut.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        farm.upload("landing/north/2012.txt", "1\n2\n");
        assertThat(dawdles.await(60, TimeUnit.SECONDS)).isTrue();
        var older = farm.executions().getFirst().executionArn();
        farm.upload("landing/north/2012.txt", "1\n2\n3\n");

        assertThat(farm.ended(2))
                .extracting(execution -> execution.status())
                .containsExactlyInAnyOrder(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED);
        assertThat(farm.cause(older)).startsWith("dev.baton.task.Superseded").contains("dynamodb://granary/north/2012");
        assertThat(item().get("sacks")).isEqualTo(Map.of("N", "3"));
        assertThat(farm.read(DeployedFarm.LAKE, "granary/north/2012.json"))
                .isEqualTo("{\"Item\":{\"sacks\":{\"N\":\"3\"}}}");
    }
}
