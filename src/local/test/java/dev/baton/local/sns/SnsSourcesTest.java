package dev.baton.local.sns;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.SnsClient;

/// What publishes to topics: state machines, buckets and rules.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnsSourcesTest {
    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SnsClient sns = client();
    private final BlockingQueue<Map<?, ?>> heard = new LinkedBlockingQueue<>();

    private SnsClient client() {
        var key = aws.aws().administrator();
        return aws.client(key.accessKeyId(), key.secretAccessKey(), SnsClient.builder());
    }

    @AfterAll
    void stop() {
        sns.close();
        aws.close();
    }

    /// A topic that a function hears.
    private String topic(String name) {
        var topic = sns.createTopic(r -> r.name(name)).topicArn();
        var function = aws.function(name, environment -> (in, out, context) -> {
            var event = Json.parseObject(in.readAllBytes());
            heard.add((Map<?, ?>) ((Map<?, ?>) ((List<?>) event.get("Records")).getFirst()).get("Sns"));
            out.write("null".getBytes(StandardCharsets.UTF_8));
        });
        aws.lambda()
                .addPermission(r -> r.functionName(name)
                        .statementId("sns")
                        .action("lambda:InvokeFunction")
                        .principal("sns.amazonaws.com")
                        .sourceArn(topic));
        sns.subscribe(r -> r.topicArn(topic).protocol("lambda").endpoint(function));
        return topic;
    }

    private void allows(String topic, String service, String source) {
        sns.setTopicAttributes(r -> r.topicArn(topic).attributeName("Policy").attributeValue("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},"Action":"sns:Publish",
                 "Resource":"%s","Condition":{"ArnLike":{"aws:SourceArn":"%s"},
                 "StringEquals":{"aws:SourceAccount":"%s"}}}]}""".formatted(
                        service, topic, source, ACCOUNT)));
    }

    private Map<?, ?> next() throws InterruptedException {
        var message = heard.poll(10, TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return message;
    }

    private Map<String, Object> run(String role, String definition) {
        var machine = aws.states()
                .createStateMachine(r -> r.name("m" + System.nanoTime())
                        .type("EXPRESS")
                        .roleArn(role)
                        .definition(definition))
                .stateMachineArn();
        var ended =
                aws.states().startSyncExecution(r -> r.stateMachineArn(machine).input("{\"ride\":1}"));
        return ended.error() == null
                ? Json.parseObject(ended.output())
                : Map.of("error", ended.error(), "cause", ended.cause());
    }

    @Test
    void a_state_publishes_json_as_text_and_gets_what_the_service_answers() throws InterruptedException {
        var topic = topic("from-a-state");
        var role = aws.role("publishing", "states.amazonaws.com", allow("sns:Publish", topic));
        var answer = run(role, """
                {"StartAt":"P","States":{"P":{"Type":"Task","Resource":"arn:aws:states:::sns:publish","End":true,
                 "Parameters":{"TopicArn":"%s","Message.$":"$","Subject":"Rides",
                  "MessageAttributes":{"kind":{"DataType":"String","StringValue":"ride"}}}}}}""".formatted(topic));
        var message = next();
        assertThat(message.get("Message")).isEqualTo("{\"ride\":1}");
        assertThat(message.get("Subject")).isEqualTo("Rides");
        assertThat(Json.print(message.get("MessageAttributes")))
                .isEqualTo("{\"kind\":{\"Type\":\"String\",\"Value\":\"ride\"}}");
        assertThat(answer).containsEntry("MessageId", message.get("MessageId"));
        assertThat(Json.print(answer.get("SdkHttpMetadata")))
                .contains("\"Content-Type\":\"text/xml\"", "\"Content-Length\":\"294\"", "\"HttpStatusCode\":200");
        assertThat(run(role, """
                {"StartAt":"P","States":{"P":{"Type":"Task","Resource":"arn:aws:states:::sns:publish","End":true,
                 "Parameters":{"TopicArn":"%s-none","Message":"x"}}}}""".formatted(topic))).containsEntry("error", "SNS.AuthorizationErrorException");
    }

    @Test
    void a_state_waits_for_the_token_that_it_published() throws InterruptedException {
        var topic = topic("tokens");
        var role = aws.role("waiting", "states.amazonaws.com", allow("sns:Publish", topic));
        var machine = aws.states()
                .createStateMachine(r -> r.name("waiting").roleArn(role).definition("""
                        {"StartAt":"P","States":{"P":{"Type":"Task","End":true,
                         "Resource":"arn:aws:states:::sns:publish.waitForTaskToken",
                         "Parameters":{"TopicArn":"%s","Message":{"token.$":"$$.Task.Token"}}}}}""".formatted(topic)))
                .stateMachineArn();
        var execution =
                aws.states().startExecution(r -> r.stateMachineArn(machine)).executionArn();
        var token = Json.parseObject((String) next().get("Message")).get("token");
        aws.states().sendTaskSuccess(r -> r.taskToken((String) token).output("{\"answer\":42}"));
        DescribeExecutionResponse ended;
        do {
            ended = aws.states().describeExecution(r -> r.executionArn(execution));
        } while (ended.status() == ExecutionStatus.RUNNING);
        assertThat(ended.output()).isEqualTo("{\"answer\":42}");
    }

    @Test
    void any_operation_is_there_for_states() {
        var role = aws.role("administering", "states.amazonaws.com", allow("sns:*", "*"));
        var made = run(role, """
                {"StartAt":"C","States":{"C":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sns:createTopic",
                 "Parameters":{"Name":"from-a-machine","Attributes":{"DisplayName":"M"},"Tags":[{"Key":"k","Value":"v"}]},
                 "Next":"T"},"T":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sns:listTagsForResource",
                 "Parameters":{"ResourceArn.$":"$.TopicArn"},"ResultPath":"$.tags","Next":"A"},
                 "A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sns:getTopicAttributes",
                 "Parameters":{"TopicArn.$":"$.TopicArn"},"ResultPath":"$.all","End":true}}}""");
        assertThat(made).containsEntry("TopicArn", "arn:aws:sns:us-east-1:" + ACCOUNT + ":from-a-machine");
        assertThat(Json.print(made))
                .contains("\"tags\":{\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}", "\"DisplayName\":\"M\"");
        assertThat(run(role, """
                {"StartAt":"P","States":{"P":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sns:publish","End":true,
                 "Parameters":{"TopicArn":"arn:aws:sns:us-east-1:000000000000:none","Message":"x"}}}}""")).containsEntry("error", "Sns.NotFoundException");
    }

    @Test
    void a_bucket_tells_a_topic_that_lets_it() throws InterruptedException {
        var topic = topic("from-a-bucket");
        aws.s3().createBucket(r -> r.bucket("telling"));
        assertThatThrownBy(() -> notify(topic))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Unable to validate the following destination configurations");
        allows(topic, "s3.amazonaws.com", "arn:aws:s3:::telling");
        notify(topic);
        assertThat((String) next().get("Message")).contains("\"Event\":\"s3:TestEvent\"");
        aws.s3().putObject(r -> r.bucket("telling").key("out/a.csv"), RequestBody.fromString("x"));
        aws.s3().putObject(r -> r.bucket("telling").key("in/a b.csv"), RequestBody.fromString("x"));
        var message = next();
        assertThat(message.get("Subject")).isEqualTo("Amazon S3 Notification");
        var event = Json.parseObject((String) message.get("Message"));
        var record = (Map<?, ?>) ((List<?>) event.get("Records")).getFirst();
        assertThat(record.get("eventName")).isEqualTo("ObjectCreated:Put");
        assertThat(record.get("eventSource")).isEqualTo("aws:s3");
        var s3 = (Map<?, ?>) record.get("s3");
        assertThat(s3.get("configurationId")).isEqualTo("arrivals");
        assertThat(((Map<?, ?>) s3.get("object")).get("key")).isEqualTo("in/a+b.csv");
        assertThat(((Map<?, ?>) s3.get("object")).get("eTag")).isEqualTo("9dd4e461268c8034f5c8564e155c67a6");
    }

    private void notify(String topic) {
        aws.s3()
                .putBucketNotificationConfiguration(r -> r.bucket("telling")
                        .notificationConfiguration(c -> c.topicConfigurations(t -> t.id("arrivals")
                                .topicArn(topic)
                                .events(Event.S3_OBJECT_CREATED)
                                .filter(f -> f.key(k -> k.filterRules(
                                        rule -> rule.name(FilterRuleName.PREFIX).value("in/")))))));
    }

    @Test
    void the_end_of_an_invocation_is_told_to_a_topic_that_the_functions_role_may_publish_to() throws Exception {
        var topic = topic("from-a-function");
        aws.function("working", environment -> (in, out, context) -> out.write('7'));
        var config = PutFunctionEventInvokeConfigRequest.builder()
                .functionName("working")
                .destinationConfig(d -> d.onSuccess(s -> s.destination(topic)))
                .build();
        assertThatThrownBy(() -> aws.lambda().putFunctionEventInvokeConfig(config))
                .hasMessageContaining("doesn't have permissions to call Publish on " + topic);
        aws.aws()
                .foundation()
                .identities()
                .putRolePolicy(
                        "working-role",
                        "told",
                        "{\"Version\":\"2012-10-17\",\"Statement\":" + allow("sns:Publish", topic) + "}");
        aws.lambda().putFunctionEventInvokeConfig(config);
        aws.lambda().invoke(r -> r.functionName("working").invocationType(InvocationType.EVENT));
        assertThat(Json.parseObject((String) next().get("Message"))).containsEntry("responsePayload", 7L);
    }

    @Test
    void a_rule_sends_its_events_to_a_topic() throws InterruptedException {
        var topic = topic("from-a-rule");
        var rule = aws.events()
                .putRule(r -> r.name("told").eventPattern("{\"source\":[\"rides\"]}"))
                .ruleArn();
        allows(topic, "events.amazonaws.com", rule);
        aws.events()
                .putTargets(
                        r -> r.rule("told").targets(t -> t.id("t").arn(topic).inputPath("$.detail")));
        aws.events()
                .putEvents(r -> r.entries(e -> e.source("rides").detailType("d").detail("{\"n\":1}")));
        assertThat(next().get("Message")).isEqualTo("{\"n\":1}");
        assertThat(aws.aws().events().deadLetters()).isEmpty();
    }
}
