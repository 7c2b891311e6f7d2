package dev.baton.local.sqs;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What sends to queues: state machines, buckets and rules.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsSourcesTest {
    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SqsClient sqs = SqsWireTest.administrator(aws.aws());

    @AfterAll
    void stop() {
        sqs.close();
        aws.close();
    }

    @Test
    void a_state_sends_a_message_and_gets_the_answer_as_step_functions_has_it() {
        var url = queue("from-states");
        var ended = run("send", allow("sqs:SendMessage", arn("from-states")), """
                {"StartAt":"Send","States":{"Send":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage",
                  "Parameters":{"QueueUrl":"%s","MessageBody":{"port":"Ghent"},
                    "MessageAttributes":{"kind":{"DataType":"String","StringValue":"port"}}},"End":true}}}""".formatted(url));
        var answer = Json.parseObject(ended.output());
        assertThat(answer)
                .containsOnlyKeys(
                        "MD5OfMessageAttributes",
                        "MD5OfMessageBody",
                        "MessageId",
                        "SdkHttpMetadata",
                        "SdkResponseMetadata");
        assertThat(((Map<?, ?>) ((Map<?, ?>) answer.get("SdkHttpMetadata")).get("HttpHeaders")).get("Content-Type"))
                .isEqualTo("application/x-amz-json-1.0");
        var message = receive(url);
        assertThat(message.body()).isEqualTo("{\"port\":\"Ghent\"}");
        assertThat(message.messageId()).isEqualTo(answer.get("MessageId"));
        assertThat(message.messageAttributes().get("kind").stringValue()).isEqualTo("port");
    }

    @Test
    void a_state_waits_for_the_token_that_it_sent() {
        var url = queue("tokens");
        var execution = start("wait", allow("sqs:SendMessage", arn("tokens")), """
                {"StartAt":"Ask","States":{"Ask":{"Type":"Task",
                  "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                  "Parameters":{"QueueUrl":"%s","MessageBody":{"token.$":"$$.Task.Token"}},"End":true}}}""".formatted(url));
        var token = String.valueOf(Json.parseObject(receive(url).body()).get("token"));
        aws.states().sendTaskSuccess(r -> r.taskToken(token).output("{\"answer\":42}"));
        assertThat(ended(execution).output()).isEqualTo("{\"answer\":42}");
    }

    @Test
    void what_a_state_cannot_send_fails_it_in_the_words_of_step_functions() {
        var url = queue("refusing");
        var definition = """
                {"StartAt":"Send","States":{"Send":{"Type":"Task","Resource":"arn:aws:states:::%s",
                  "Parameters":{"QueueUrl":"%s"%s},"End":true}}}""";
        var send = allow("sqs:*", "*");
        var empty = run("empty", send, definition.formatted("sqs:sendMessage", url, ",\"MessageBody\":\"\""));
        assertThat(empty.error()).isEqualTo("SQS.AmazonSQSException");
        assertThat(empty.cause())
                .startsWith("The request must contain the parameter MessageBody."
                        + " (Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: ");
        var none = run("none", send, definition.formatted("sqs:sendMessage", url + "-none", ",\"MessageBody\":\"x\""));
        assertThat(none.error()).isEqualTo("SQS.QueueDoesNotExistException");
        assertThat(none.cause()).contains("Error Code: AWS.SimpleQueueService.NonExistentQueue;");
        var denied = run("denied", "", definition.formatted("sqs:sendMessage", url, ",\"MessageBody\":\"x\""));
        assertThat(denied.error()).isEqualTo("SQS.AmazonSQSException");
        assertThat(denied.cause()).contains("is not authorized to perform: sqs:SendMessage");
        var sdk = run("sdk", send, definition.formatted("aws-sdk:sqs:receiveMessage", url + "-none", ""));
        assertThat(sdk.error()).isEqualTo("Sqs.QueueDoesNotExistException");
        var twelve = run(
                "twelve", send, definition.formatted("aws-sdk:sqs:receiveMessage", url, ",\"MaxNumberOfMessages\":12"));
        assertThat(twelve.error()).isEqualTo("Sqs.SqsException");
    }

    @Test
    void a_bucket_tells_a_queue_that_lets_it_in() {
        var url = queue("uploads");
        aws.s3().createBucket(r -> r.bucket("harbour"));
        assertThatThrownBy(this::notifyHarbour)
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Unable to validate the following destination configurations");
        letIn(url, "uploads", "s3.amazonaws.com", "arn:aws:s3:::harbour");
        notifyHarbour();
        assertThat(receive(url).body()).contains("s3:TestEvent");
        aws.s3().putObject(r -> r.bucket("harbour").key("in/a.txt"), RequestBody.fromString("x"));
        aws.s3().putObject(r -> r.bucket("harbour").key("out/a.txt"), RequestBody.fromString("x"));
        var told = (Map<?, ?>) ((List<?>) Json.parseObject(receive(url).body()).get("Records")).getFirst();
        assertThat(told.get("eventName")).isEqualTo("ObjectCreated:Put");
        assertThat(((Map<?, ?>) ((Map<?, ?>) told.get("s3")).get("object")).get("key"))
                .isEqualTo("in/a.txt");
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
    }

    private void notifyHarbour() {
        aws.s3()
                .putBucketNotificationConfiguration(r -> r.bucket("harbour")
                        .notificationConfiguration(n -> n.queueConfigurations(q -> q.queueArn(arn("uploads"))
                                .events(Event.S3_OBJECT_CREATED)
                                .filter(f -> f.key(k -> k.filterRules(
                                        rule -> rule.name("prefix").value("in/")))))));
    }

    @Test
    void a_rule_sends_events_to_queues_and_what_it_gives_up_to_its_dead_letters() {
        var url = queue("events.fifo");
        var dead = queue("dead");
        aws.events().putRule(r -> r.name("all").eventPattern("{\"source\":[\"rides\"]}"));
        aws.events()
                .putTargets(r -> r.rule("all")
                        .targets(
                                Target.builder()
                                        .id("queue")
                                        .arn(arn("events.fifo"))
                                        .sqsParameters(p -> p.messageGroupId("rides"))
                                        .inputPath("$.detail")
                                        .build(),
                                Target.builder()
                                        .id("gone")
                                        .arn(arn("gone"))
                                        .deadLetterConfig(d -> d.arn(arn("dead")))
                                        .build()));
        var rule = "arn:aws:events:us-east-1:" + ACCOUNT + ":rule/all";
        letIn(url, "events.fifo", "events.amazonaws.com", rule);
        letIn(dead, "dead", "events.amazonaws.com", rule);
        aws.events()
                .putEvents(r -> r.entries(PutEventsRequestEntry.builder()
                        .source("rides")
                        .detailType("Ride")
                        .detail("{\"port\":\"Ghent\"}")
                        .build()));
        var message = receive(url);
        assertThat(message.body()).isEqualTo("{\"port\":\"Ghent\"}");
        assertThat(message.attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "rides");
        var letter = receive(dead);
        assertThat(Json.parseObject(letter.body()).get("source")).isEqualTo("rides");
        assertThat(letter.messageAttributes().get("RULE_ARN").stringValue()).isEqualTo(rule);
        assertThat(letter.messageAttributes().get("TARGET_ARN").stringValue()).isEqualTo(arn("gone"));
        assertThat(letter.messageAttributes()).containsKeys("ERROR_CODE", "ERROR_MESSAGE", "RETRY_ATTEMPTS");
    }

    private String queue(String name) {
        Map<QueueAttributeName, String> attributes = name.endsWith(".fifo")
                ? Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")
                : Map.of();
        return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + queue;
    }

    private void letIn(String url, String queue, String service, String source) {
        sqs.setQueueAttributes(r -> r.queueUrl(url)
                .attributes(Map.of(QueueAttributeName.POLICY, """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"%s"},
                  "Action":"sqs:SendMessage","Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"%s"}}}}""".formatted(service, arn(queue), source))));
    }

    private Message receive(String url) {
        var got = sqs.receiveMessage(r -> r.queueUrl(url)
                        .waitTimeSeconds(10)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(got.receiptHandle()));
        return got;
    }

    private String start(String name, String statements, String definition) {
        var role = aws.role(name + "-states", "states.amazonaws.com", statements);
        var machine = aws.states()
                .createStateMachine(r -> r.name(name).roleArn(role).definition(definition))
                .stateMachineArn();
        return aws.states()
                .startExecution(r -> r.stateMachineArn(machine).input("{}"))
                .executionArn();
    }

    private DescribeExecutionResponse run(String name, String statements, String definition) {
        return ended(start(name, statements, definition));
    }

    private DescribeExecutionResponse ended(String execution) {
        aws.aws()
                .states()
                .engine()
                .execution(execution)
                .orElseThrow()
                .closed()
                .toCompletableFuture()
                .join();
        var ended = aws.states().describeExecution(r -> r.executionArn(execution));
        assertThat(ended.status()).isNotEqualTo(ExecutionStatus.RUNNING);
        return ended;
    }
}
