package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.lambda.farm.FarmPipeline;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Ledger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// A bucket without EventBridge: it tells a queue of uploads, and the start function reads the queue.
class QueuedFarmTest {
    private final DeployedFarm farm =
            new DeployedFarm(new FarmPipeline().pipelines().getFirst(), TaskFunction::new);

    /// From now on nobody hears of uploads but by the queue.
    private void tellByQueue() {
        var aws = farm.aws();
        var start = farm.compiled().function(Kind.START);
        var queue = aws.account().arn("sqs", "uploads");
        var administrator = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                aws.administrator().accessKeyId(), aws.administrator().secretAccessKey()));
        try (var http = Apache5HttpClient.create();
                var sqs = SqsClient.builder()
                        .region(Region.of(aws.account().region()))
                        .endpointOverride(aws.endpoint())
                        .credentialsProvider(administrator)
                        .httpClient(http)
                        .build();
                var lambda = LambdaClient.builder()
                        .region(Region.of(aws.account().region()))
                        .endpointOverride(aws.endpoint())
                        .credentialsProvider(administrator)
                        .httpClient(http)
                        .build()) {
            sqs.createQueue(r -> r.queueName("uploads")
                    .attributes(Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT, "900", QueueAttributeName.POLICY, """
                            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},
                             "Action":"sqs:SendMessage","Resource":"%s",
                             "Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:s3:::%s"}}}}""".formatted(
                                            queue, DeployedFarm.LAKE))));
            aws.foundation()
                    .identities()
                    .putRolePolicy(farm.compiled().role(start.role()).name(), "queue", """
                            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"%s",
                             "Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"]}}""".formatted(queue));
            lambda.createEventSourceMapping(r -> r.functionName(start.name())
                    .eventSourceArn(queue)
                    .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES));
            farm.s3()
                    .putBucketNotificationConfiguration(r -> r.bucket(DeployedFarm.LAKE)
                            .notificationConfiguration(n ->
                                    n.queueConfigurations(q -> q.queueArn(queue).events(Event.S3_OBJECT_CREATED))));
        }
    }

    @Test
    void an_upload_starts_its_run_through_a_queue() throws InterruptedException {
        Ledger.clear();
        try (farm) {
            tellByQueue();
            farm.upload(Farm.landing(Field.NORTH, 2012), "3\n4\n");
            farm.upload(Farm.landing(Field.SOUTH, 2012), "5\n");
            var ended = farm.ended(1);
            assertThat(ended).hasSize(1);
            assertThat(ended.getFirst().status())
                    .as(farm.cause(ended.getFirst().executionArn()))
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }
}
