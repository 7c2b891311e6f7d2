package dev.baton.local.sns;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What topics bring to queues, and what becomes of that which cannot be brought.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnsQueuesTest {
    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SnsClient sns = sns(aws);
    private final SqsClient sqs = sqs(aws);

    @AfterAll
    void stop() {
        sns.close();
        sqs.close();
        aws.close();
    }

    private static SnsClient sns(ApplicationEndpoint aws) {
        var key = aws.aws().administrator();
        return aws.client(key.accessKeyId(), key.secretAccessKey(), SnsClient.builder());
    }

    private static SqsClient sqs(ApplicationEndpoint aws) {
        var key = aws.aws().administrator();
        return aws.client(key.accessKeyId(), key.secretAccessKey(), SqsClient.builder());
    }

    private String topic(String name, String... attributes) {
        return sns.createTopic(r -> r.name(name).attributes(map(attributes))).topicArn();
    }

    private static Map<String, String> map(String... pairs) {
        return pairs.length == 0 ? Map.of() : Map.of(pairs[0], pairs[1]);
    }

    /// A queue that lets a topic in.
    private String queue(String name, String topic) {
        var isFifo = name.endsWith(".fifo");
        var attributes = isFifo ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.<QueueAttributeName, String>of();
        var url = sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
        sqs.setQueueAttributes(r ->
                r.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},
                 "Action":"sqs:SendMessage","Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"%s"}}}]}""".formatted(arn(name), topic))));
        return url;
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + queue;
    }

    private String subscribe(String topic, String queue, Map<String, String> attributes) {
        return sns.subscribe(r ->
                        r.topicArn(topic).protocol("sqs").endpoint(arn(queue)).attributes(attributes))
                .subscriptionArn();
    }

    private List<Message> received(String url) {
        var received = sqs.receiveMessage(r -> r.queueUrl(url)
                        .waitTimeSeconds(5)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
        received.forEach(message -> sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle())));
        return received;
    }

    private static Map<String, MessageAttributeValue> kind(String value) {
        return Map.of(
                "kind",
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build());
    }

    @Test
    void a_message_comes_in_its_envelope_or_raw_with_its_attributes() {
        var topic = topic("to-queues");
        var wrapped = queue("wrapped", topic);
        var raw = queue("raw", topic);
        var subscription = subscribe(topic, "wrapped", Map.of());
        subscribe(topic, "raw", Map.of("RawMessageDelivery", "true"));
        var id = sns.publish(r -> r.topicArn(topic).message("Ghent").messageAttributes(kind("ride")))
                .messageId();
        var envelope = received(wrapped).getFirst();
        assertThat(Json.parseObject(envelope.body()))
                .containsEntry("Type", "Notification")
                .containsEntry("MessageId", id)
                .containsEntry("TopicArn", topic)
                .containsEntry("Message", "Ghent")
                .containsEntry("SignatureVersion", "1")
                .containsEntry("MessageAttributes", Map.of("kind", Map.of("Type", "String", "Value", "ride")))
                .doesNotContainKeys("Subject", "SequenceNumber")
                .hasEntrySatisfying(
                        "UnsubscribeURL", url -> assertThat((String) url).endsWith(subscription.replace(":", "%3A")));
        assertThat(envelope.messageAttributes()).isEmpty();
        var bare = received(raw).getFirst();
        assertThat(bare.body()).isEqualTo("Ghent");
        assertThat(bare.messageAttributes().get("kind").stringValue()).isEqualTo("ride");
    }

    @Test
    void what_a_queue_refuses_goes_to_the_dead_letters() {
        var topic = topic("unwanted");
        var letters = queue("letters", topic);
        var closed = sqs.createQueue(r -> r.queueName("closed")).queueUrl();
        subscribe(topic, "closed", Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + arn("letters") + "\"}"));
        sns.publish(r -> r.topicArn(topic).message("Ghent"));
        assertThat(received(letters).getFirst().body()).contains("\"Message\":\"Ghent\"");
        assertThat(sqs.receiveMessage(r -> r.queueUrl(closed)).messages()).isEmpty();
        var gone = topic("to-nowhere");
        var lettersToo = queue("letters-too", gone);
        subscribe(gone, "nowhere", Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + arn("letters-too") + "\"}"));
        sns.publish(r -> r.topicArn(gone).message("Bruges"));
        assertThat(received(lettersToo).getFirst().body()).contains("\"Message\":\"Bruges\"");
    }

    @Test
    void a_fifo_topic_keeps_the_order_and_brings_each_message_once() {
        var topic = topic("ordered.fifo", "FifoTopic", "true");
        var url = queue("ordered.fifo", topic);
        subscribe(topic, "ordered.fifo", Map.of("RawMessageDelivery", "true"));
        for (int i = 0; i < 8; i++) {
            var text = Integer.toString(i);
            for (int twice = 0; twice < 2; twice++) {
                sns.publish(
                        r -> r.topicArn(topic).message(text).messageGroupId("g").messageDeduplicationId("d" + text));
            }
        }
        var received = received(url);
        assertThat(received)
                .extracting(Message::body)
                .containsExactlyElementsOf(
                        IntStream.range(0, 8).mapToObj(Integer::toString).toList());
        assertThat(received.getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "d0");
        assertThatThrownBy(() -> subscribe(topic("plain"), "ordered.fifo", Map.of()))
                .hasMessageContaining("FIFO SQS Queues can not be subscribed to standard SNS topics");
    }

    @Test
    void a_standard_queue_takes_what_has_a_group() {
        var topic = topic("grouped.fifo", "FifoTopic", "true");
        var url = queue("ungrouped", topic);
        subscribe(topic, "ungrouped", Map.of());
        sns.publish(r -> r.topicArn(topic).message("x").messageGroupId("g").messageDeduplicationId("d"));
        assertThat(Json.parseObject(received(url).getFirst().body()))
                .containsEntry("Message", "x")
                .containsKey("SequenceNumber")
                .doesNotContainKey("Signature");
        var standard = topic("grouped");
        var fair = queue("fair", standard);
        subscribe(standard, "fair", Map.of("RawMessageDelivery", "true"));
        sns.publish(r -> r.topicArn(standard).message("y").messageGroupId("g"));
        assertThat(received(fair).getFirst().attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g");
    }

    @Test
    void what_was_accepted_is_brought_after_a_restart(@TempDir Path folder) throws Exception {
        var topic = "arn:aws:sns:us-east-1:" + ACCOUNT + ":kept";
        var bodies = new LinkedBlockingQueue<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            server.createContext("/", exchange -> {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(body.contains("SubscribeURL") ? 200 : 500, -1);
                exchange.close();
                bodies.add(body);
            });
            server.start();
            var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            try (var first = new ApplicationEndpoint(
                            EmbeddedAws.builder().folder(folder).start());
                    var client = sns(first)) {
                client.createTopic(r -> r.name("kept"));
                client.subscribe(r -> r.topicArn(topic).protocol("http").endpoint(address));
                var token = Json.parseObject(bodies.poll(10, TimeUnit.SECONDS)).get("Token");
                client.confirmSubscription(r -> r.topicArn(topic).token((String) token));
                client.publish(r -> r.topicArn(topic).message("Ghent"));
                assertThat(bodies.poll(10, TimeUnit.SECONDS)).contains("Ghent");
            }
            // The next attempt is 20 seconds later.
            var later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
            try (var second = new ApplicationEndpoint(
                    EmbeddedAws.builder().folder(folder).clock(later).start())) {
                assertThat(bodies.poll(10, TimeUnit.SECONDS)).contains("Ghent");
                assertThat(second.aws().sns().pending()).isPositive();
            }
        } finally {
            server.stop(0);
        }
    }

    private static String published(SnsClient client, String topic, String id) {
        var answer = client.publish(
                r -> r.topicArn(topic).message("Ghent").messageGroupId("g").messageDeduplicationId(id));
        return answer.messageId() + " " + answer.sequenceNumber();
    }

    @Test
    void a_fifo_topic_knows_after_a_kill_what_it_has_had_within_five_minutes(@TempDir Path folder) throws Exception {
        var topic = "arn:aws:sns:us-east-1:" + ACCOUNT + ":known.fifo";
        var again = topic.replace("known", "again");
        var now = Instant.now();
        var killed = folder.resolve("killed");
        String known;
        String gone;
        try (var first = new ApplicationEndpoint(EmbeddedAws.builder()
                        .folder(folder.resolve("data"))
                        .clock(Clock.fixed(now, ZoneOffset.UTC))
                        .start());
                var client = sns(first)) {
            for (var name : List.of("known.fifo", "again.fifo")) {
                client.createTopic(r -> r.name(name).attributes(Map.of("FifoTopic", "true")));
            }
            known = published(client, topic, "d");
            gone = published(client, again, "d");
            client.deleteTopic(r -> r.topicArn(again));
            client.createTopic(r -> r.name("again.fifo").attributes(Map.of("FifoTopic", "true")));
            copy(folder.resolve("data"), killed);
        }
        try (var second = new ApplicationEndpoint(EmbeddedAws.builder()
                        .folder(killed)
                        .clock(Clock.fixed(now.plus(Duration.ofMinutes(5)), ZoneOffset.UTC))
                        .start());
                var client = sns(second)) {
            assertThat(published(client, topic, "d")).isEqualTo(known);
            assertThat(published(client, topic, "e")).isNotEqualTo(known);
            assertThat(published(client, again, "d")).as("another topic").isNotEqualTo(gone);
        }
        try (var third = new ApplicationEndpoint(EmbeddedAws.builder()
                        .folder(killed)
                        .clock(Clock.fixed(now.plus(Duration.ofMinutes(6)), ZoneOffset.UTC))
                        .start());
                var client = sns(third)) {
            assertThat(published(client, topic, "d")).isNotEqualTo(known);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
