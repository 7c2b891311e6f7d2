package dev.baton.local.sns;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.AuthorizationErrorException;
import software.amazon.awssdk.services.sns.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Tag;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnsWireTest {
    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SnsClient sns = administrator(aws);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @AfterAll
    void stop() {
        sns.close();
        aws.close();
    }

    private static SnsClient administrator(ApplicationEndpoint aws) {
        var key = aws.aws().administrator();
        return aws.client(key.accessKeyId(), key.secretAccessKey(), SnsClient.builder());
    }

    private String topic(String name) {
        return sns.createTopic(r -> r.name(name)).topicArn();
    }

    private static String taken(BlockingQueue<String> from) throws InterruptedException {
        var text = from.poll(10, TimeUnit.SECONDS);
        assertThat(text).as("a delivery").isNotNull();
        return text;
    }

    private String function(String name, String topic) {
        var function = aws.function(name, environment -> (in, out, context) -> {
            events.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            out.write("null".getBytes(StandardCharsets.UTF_8));
        });
        aws.lambda()
                .addPermission(r -> r.functionName(name)
                        .statementId("sns")
                        .action("lambda:InvokeFunction")
                        .principal("sns.amazonaws.com")
                        .sourceArn(topic));
        return function;
    }

    @Test
    void a_topic_is_made_told_of_changed_and_deleted() {
        var arn = sns.createTopic(r -> r.name("rides")
                        .attributes(Map.of("DisplayName", "Rides"))
                        .tags(Tag.builder().key("team").value("red").build()))
                .topicArn();
        assertThat(arn).isEqualTo("arn:aws:sns:us-east-1:" + ACCOUNT + ":rides");
        sns.setTopicAttributes(r -> r.topicArn(arn).attributeName("DisplayName").attributeValue("All rides"));
        var attributes = sns.getTopicAttributes(r -> r.topicArn(arn)).attributes();
        assertThat(attributes)
                .containsEntry("TopicArn", arn)
                .containsEntry("Owner", ACCOUNT)
                .containsEntry("DisplayName", "All rides")
                .containsEntry("SubscriptionsConfirmed", "0")
                .containsKeys("Policy", "EffectiveDeliveryPolicy");
        assertThat(sns.listTagsForResource(r -> r.resourceArn(arn)).tags())
                .containsExactly(Tag.builder().key("team").value("red").build());
        sns.untagResource(r -> r.resourceArn(arn).tagKeys("team"));
        assertThat(sns.listTagsForResource(r -> r.resourceArn(arn)).tags()).isEmpty();
        sns.addPermission(r ->
                r.topicArn(arn).label("theirs").awsAccountIds("111111111111").actionNames("Publish"));
        assertThat(sns.getTopicAttributes(r -> r.topicArn(arn)).attributes().get("Policy"))
                .contains("theirs", "arn:aws:iam::111111111111:root", "SNS:Publish");
        sns.removePermission(r -> r.topicArn(arn).label("theirs"));
        assertThat(sns.getTopicAttributes(r -> r.topicArn(arn)).attributes().get("Policy"))
                .doesNotContain("theirs");
        assertThat(sns.listTopicsPaginator().topics())
                .extracting(each -> each.topicArn())
                .contains(arn);
        sns.deleteTopic(r -> r.topicArn(arn));
        sns.deleteTopic(r -> r.topicArn(arn));
        assertThatThrownBy(() -> sns.getTopicAttributes(r -> r.topicArn(arn))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void a_function_gets_the_event_that_lambda_documents() throws InterruptedException {
        var topic = topic("to-a-function");
        var function = function("heard", topic);
        var subscription = sns.subscribe(
                        r -> r.topicArn(topic).protocol("lambda").endpoint(function))
                .subscriptionArn();
        assertThat(subscription).startsWith(topic + ":");
        var id = sns.publish(r -> r.topicArn(topic)
                        .subject("Rides")
                        .message("Ghent")
                        .messageAttributes(Map.of(
                                "kind",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("ride")
                                        .build(),
                                "bytes",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromUtf8String("xy"))
                                        .build())))
                .messageId();
        var record = (Map<?, ?>) ((List<?>) Json.parseObject(taken(events)).get("Records")).getFirst();
        assertThat(record.get("EventSource")).isEqualTo("aws:sns");
        assertThat(record.get("EventSubscriptionArn")).isEqualTo(subscription);
        var message = (Map<?, ?>) record.get("Sns");
        assertThat(message.get("MessageId")).isEqualTo(id);
        assertThat(message.get("TopicArn")).isEqualTo(topic);
        assertThat(message.get("Subject")).isEqualTo("Rides");
        assertThat(message.get("Message")).isEqualTo("Ghent");
        assertThat((String) message.get("Timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(message.get("MessageAttributes"))
                .isEqualTo(Map.of(
                        "kind", Map.of("Type", "String", "Value", "ride"),
                        "bytes", Map.of("Type", "Binary", "Value", "eHk=")));
        sns.unsubscribe(r -> r.subscriptionArn(subscription));
        sns.publish(r -> r.topicArn(topic).message("nobody hears"));
        assertThat(sns.listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions())
                .isEmpty();
    }

    @Test
    void a_filter_decides_and_a_message_may_have_a_text_for_each_protocol() throws InterruptedException {
        var topic = topic("filtered");
        var function = function("choosy", topic);
        var subscription = sns.subscribe(r -> r.topicArn(topic)
                        .protocol("lambda")
                        .endpoint(function)
                        .attributes(Map.of("FilterPolicy", "{\"kind\":[\"ride\"]}")))
                .subscriptionArn();
        sns.publish(r -> r.topicArn(topic).message("passed over"));
        sns.publish(r -> r.topicArn(topic)
                .messageStructure("json")
                .message("{\"default\":\"all\",\"lambda\":\"to functions\"}")
                .messageAttributes(Map.of(
                        "kind",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("ride")
                                .build())));
        assertThat(taken(events)).contains("to functions").doesNotContain("passed over");
        assertThat(sns.getSubscriptionAttributes(r -> r.subscriptionArn(subscription))
                        .attributes())
                .containsEntry("FilterPolicy", "{\"kind\":[\"ride\"]}")
                .containsEntry("FilterPolicyScope", "MessageAttributes")
                .containsEntry("PendingConfirmation", "false");
        sns.setSubscriptionAttributes(r -> r.subscriptionArn(subscription)
                .attributeName("FilterPolicyScope")
                .attributeValue("MessageBody"));
        sns.publish(r -> r.topicArn(topic).message("{\"kind\":\"bike\"}"));
        sns.publish(r -> r.topicArn(topic).message("{\"kind\":\"ride\"}"));
        assertThat(taken(events)).contains("ride").doesNotContain("bike");
        assertThatThrownBy(() -> sns.setSubscriptionAttributes(r -> r.subscriptionArn(subscription)
                        .attributeName("FilterPolicy")
                        .attributeValue("{\"kind\":[{\"wildcard\":\"*\"}]}")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void a_server_confirms_before_it_is_told_and_is_tried_again() throws Exception {
        var requests = new LinkedBlockingQueue<String>();
        var refusals = new AtomicInteger(1);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var type = exchange.getRequestHeaders().getFirst("x-amz-sns-message-type");
            var isRefused = type.equals("Notification") && refusals.getAndDecrement() > 0;
            exchange.sendResponseHeaders(isRefused ? 503 : 200, -1);
            exchange.close();
            requests.add(type + " " + body);
        });
        server.start();
        try {
            var topic = topic("to-a-server");
            var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            var pending = sns.subscribe(r -> r.topicArn(topic)
                            .protocol("http")
                            .endpoint(address)
                            .attributes(Map.of(
                                    "DeliveryPolicy",
                                    "{\"healthyRetryPolicy\":{\"numRetries\":2,\"numNoDelayRetries\":2,"
                                            + "\"minDelayTarget\":1,\"maxDelayTarget\":1}}")))
                    .subscriptionArn();
            assertThat(pending).isEqualTo("pending confirmation");
            var asked = taken(requests);
            assertThat(asked).startsWith("SubscriptionConfirmation ");
            sns.publish(r -> r.topicArn(topic).message("before it is confirmed"));
            var question = Json.parseObject(asked.substring(asked.indexOf('{')));
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create((String) question.get("SubscribeURL")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("<SubscriptionArn>" + topic + ":");
            sns.publish(r -> r.topicArn(topic).message("Ghent"));
            var first = taken(requests);
            assertThat(first).startsWith("Notification ").contains("\"Message\":\"Ghent\"");
            assertThat(taken(requests)).as("after 503").isEqualTo(first);
            var told = Json.parseObject(first.substring(first.indexOf('{')));
            assertThat(told).containsKeys("Signature", "SigningCertURL", "UnsubscribeURL");
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create((String) told.get("UnsubscribeURL")))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(sns.listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions())
                    .isEmpty();
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> sns.subscribe(
                        r -> r.topicArn(topic("to-a-server")).protocol("https").endpoint("https://example.com/")))
                .hasMessageContaining("loopback");
    }

    @Test
    void what_is_wrong_is_answered_as_the_api_has_it() {
        var topic = topic("strict");
        var none = topic + "-none";
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(none).message("x")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic).message("")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid parameter: Empty message");
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic).message("x".repeat((256 << 10) + 1))))
                .hasMessageContaining("Message too long");
        assertThatThrownBy(
                        () -> sns.publish(r -> r.topicArn(topic).message("{}").messageStructure("json")))
                .hasMessageContaining("No default entry in JSON message body");
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic)
                        .message("x")
                        .messageAttributes(Map.of(
                                "k",
                                MessageAttributeValue.builder().dataType("Text").build()))))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThatThrownBy(() -> sns.publish(r -> r.phoneNumber("+321").message("x")))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("does not honour PhoneNumber");
        assertThatThrownBy(() ->
                        sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("a@example.com")))
                .hasMessageContaining("no subscriptions over email");
        assertThatThrownBy(() -> sns.createTopic(r -> r.name("a b"))).hasMessageContaining("Topic Name");
        assertThatThrownBy(() -> sns.createTopic(r -> r.name("strict").attributes(Map.of("DisplayName", "other"))))
                .hasMessageContaining("already exists with different attributes");
        assertThatThrownBy(() -> sns.createTopic(r -> r.name("fifo").attributes(Map.of("FifoTopic", "true"))))
                .hasMessageContaining("must end with .fifo");
        assertThatThrownBy(() -> sns.createTopic(r -> r.name("coded").attributes(Map.of("KmsMasterKeyId", "alias/a"))))
                .hasMessageContaining("no KmsMasterKeyId of topics");
        assertThatThrownBy(() -> sns.publishBatch(r -> r.topicArn(topic)
                        .publishBatchRequestEntries(
                                e -> e.id("a").message("1"), e -> e.id("a").message("2"))))
                .isInstanceOf(BatchEntryIdsNotDistinctException.class);
        var mixed = sns.publishBatch(r -> r.topicArn(topic)
                .publishBatchRequestEntries(
                        e -> e.id("a").message("1"), e -> e.id("b").message("2").messageDeduplicationId("d")));
        assertThat(mixed.successful()).extracting(each -> each.id()).containsExactly("a");
        assertThat(mixed.failed()).extracting(each -> each.code()).containsExactly("InvalidParameter");
    }

    @Test
    void a_fifo_topic_numbers_its_messages_and_takes_each_once() {
        var topic = sns.createTopic(r -> r.name("ordered.fifo").attributes(Map.of("FifoTopic", "true")))
                .topicArn();
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic).message("x")))
                .hasMessageContaining("The MessageGroupId parameter is required for FIFO topics");
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic).message("x").messageGroupId("g")))
                .hasMessageContaining("ContentBasedDeduplication enabled or MessageDeduplicationId provided");
        var first = sns.publish(
                r -> r.topicArn(topic).message("x").messageGroupId("g").messageDeduplicationId("1"));
        var again = sns.publish(
                r -> r.topicArn(topic).message("x").messageGroupId("g").messageDeduplicationId("1"));
        var second = sns.publish(
                r -> r.topicArn(topic).message("x").messageGroupId("g").messageDeduplicationId("2"));
        assertThat(again.messageId()).isEqualTo(first.messageId());
        assertThat(again.sequenceNumber()).isEqualTo(first.sequenceNumber()).hasSize(20);
        assertThat(second.sequenceNumber()).isGreaterThan(first.sequenceNumber());
        sns.deleteTopic(r -> r.topicArn(topic));
        sns.createTopic(r -> r.name("ordered.fifo").attributes(Map.of("FifoTopic", "true")));
        var anew = sns.publish(
                r -> r.topicArn(topic).message("x").messageGroupId("g").messageDeduplicationId("1"));
        assertThat(anew.messageId()).as("of another topic").isNotEqualTo(first.messageId());
    }

    private SnsClient user(IamClient iam) {
        iam.createUser(r -> r.userName("ann"));
        var key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
        return aws.client(key.accessKeyId(), key.secretAccessKey(), SnsClient.builder());
    }

    @Test
    void policies_of_callers_and_of_topics_decide() {
        var topic = topic("guarded");
        var administrator = aws.aws().administrator();
        try (var iam = aws.client(administrator.accessKeyId(), administrator.secretAccessKey(), IamClient.builder());
                var ann = user(iam)) {
            var arn = iam.getUser(r -> r.userName("ann")).user().arn();
            assertThatThrownBy(() -> ann.publish(r -> r.topicArn(topic).message("x")))
                    .isInstanceOf(AuthorizationErrorException.class)
                    .hasMessageContaining("is not authorized to perform: sns:Publish on resource: " + topic);
            sns.setTopicAttributes(
                    r -> r.topicArn(topic).attributeName("Policy").attributeValue("""
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"SNS:Publish","Resource":"%s"}]}
                    """.formatted(arn, topic)));
            assertThatCode(() -> ann.publish(r -> r.topicArn(topic).message("x")))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> ann.subscribe(
                            r -> r.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:us-east-1:" + ACCOUNT + ":q")))
                    .isInstanceOf(AuthorizationErrorException.class);
        }
    }

    @Test
    void topics_and_subscriptions_are_there_after_a_restart(@TempDir Path folder) {
        try (var first = new ApplicationEndpoint(
                        EmbeddedAws.builder().folder(folder).start());
                var client = administrator(first)) {
            var topic = client.createTopic(r -> r.name("kept")).topicArn();
            client.subscribe(r -> r.topicArn(topic)
                    .protocol("sqs")
                    .endpoint("arn:aws:sqs:us-east-1:" + ACCOUNT + ":q")
                    .attributes(Map.of("RawMessageDelivery", "true")));
        }
        try (var second = new ApplicationEndpoint(
                        EmbeddedAws.builder().folder(folder).start());
                var client = administrator(second)) {
            var kept = client.listSubscriptions().subscriptions().getFirst();
            assertThat(client.getSubscriptionAttributes(r -> r.subscriptionArn(kept.subscriptionArn()))
                            .attributes())
                    .containsEntry("RawMessageDelivery", "true")
                    .containsEntry("TopicArn", "arn:aws:sns:us-east-1:" + ACCOUNT + ":kept");
        }
    }
}
