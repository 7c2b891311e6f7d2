package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.lambda.farm.FarmPipeline;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.farm.Ledger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.SnsClient;

/// A bucket without EventBridge: it tells a topic of uploads, and the topic calls the start function.
class NotifiedFarmTest {
    private final DeployedFarm farm =
            new DeployedFarm(new FarmPipeline().pipelines().getFirst(), TaskFunction::new);

    /// From now on nobody hears of uploads but by the topic.
    private void tellByTopic() {
        var aws = farm.aws();
        var start = farm.compiled().function(Kind.START).name();
        var administrator = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                aws.administrator().accessKeyId(), aws.administrator().secretAccessKey()));
        try (var http = Apache5HttpClient.create();
                var sns = SnsClient.builder()
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
            var topic = sns.createTopic(r -> r.name("uploads")).topicArn();
            sns.setTopicAttributes(r ->
                    r.topicArn(topic).attributeName("Policy").attributeValue("""
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},
                     "Action":"sns:Publish","Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:s3:::%s"}}}}""".formatted(topic, DeployedFarm.LAKE)));
            lambda.addPermission(r -> r.functionName(start)
                    .statementId("topic")
                    .principal("sns.amazonaws.com")
                    .action("lambda:InvokeFunction")
                    .sourceArn(topic));
            sns.subscribe(r ->
                    r.topicArn(topic).protocol("lambda").endpoint(aws.account().arn("lambda", "function:" + start)));
            farm.s3()
                    .putBucketNotificationConfiguration(r -> r.bucket(DeployedFarm.LAKE)
                            .notificationConfiguration(n ->
                                    n.topicConfigurations(t -> t.topicArn(topic).events(Event.S3_OBJECT_CREATED))));
        }
    }

    @Test
    void an_upload_starts_its_run_through_a_topic() throws InterruptedException {
        Ledger.clear();
        try (farm) {
            tellByTopic();
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
