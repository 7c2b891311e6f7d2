package dev.baton.local.sqs;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.iam.policy.RequestContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeNameException;
import software.amazon.awssdk.services.sqs.model.InvalidAttributeValueException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/// Queues as AWS's own client sees them, which compares the digests of all that it sends and receives.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsWireTest {
    private static final String ARNS = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":";

    private static final String TOPIC = "arn:aws:sns:us-east-1:" + ACCOUNT + ":news";

    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SqsClient sqs = administrator(aws.aws());

    @AfterAll
    void stop() {
        sqs.close();
        aws.close();
    }

    @Test
    void a_message_is_received_with_what_was_sent_with_it_and_is_gone_when_it_is_deleted() {
        var url = queue(Map.of());
        var sent = sqs.sendMessage(r -> r.queueUrl(url)
                .messageBody("Ghent\n\u00e9\uD83D\uDEB2")
                .messageAttributes(Map.of(
                        "kind", text("port"),
                        "count",
                                MessageAttributeValue.builder()
                                        .dataType("Number.int")
                                        .stringValue("42")
                                        .build(),
                        "raw",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, -1}))
                                        .build())));
        assertThat(sent.sequenceNumber()).isNull();
        var got = receive(url);
        assertThat(got.messageId()).isEqualTo(sent.messageId());
        assertThat(got.body()).isEqualTo("Ghent\n\u00e9\uD83D\uDEB2");
        assertThat(got.messageAttributes().get("raw").binaryValue().asByteArray())
                .containsExactly(0, 1, -1);
        assertThat(got.messageAttributes().get("count").dataType()).isEqualTo("Number.int");
        assertThat(got.md5OfMessageAttributes()).isEqualTo(sent.md5OfMessageAttributes());
        assertThat(got.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .containsKeys(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.SENDER_ID,
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP);
        assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isEqualTo(1);
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(got.receiptHandle()));
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(got.receiptHandle()));
        assertThat(count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .isZero();
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
    }

    @Test
    void attributes_that_are_not_asked_for_are_not_told() {
        var url = queue(Map.of());
        sqs.sendMessage(r -> r.queueUrl(url)
                .messageBody("x")
                .messageAttributes(Map.of("price.net", text("1"), "price.gross", text("2"), "port", text("Ghent"))));
        var got = sqs.receiveMessage(r -> r.queueUrl(url)
                        .messageAttributeNames("price.*")
                        .messageSystemAttributeNames(MessageSystemAttributeName.SENDER_ID))
                .messages()
                .getFirst();
        assertThat(got.messageAttributes()).containsOnlyKeys("price.net", "price.gross");
        assertThat(got.attributes()).containsOnlyKeys(MessageSystemAttributeName.SENDER_ID);
    }

    @Test
    void a_queue_is_made_once_and_found_by_its_name() {
        var name = name();
        var given = Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "7");
        var url = sqs.createQueue(r -> r.queueName(name).attributes(given)).queueUrl();
        assertThat(url).isEqualTo(aws.aws().endpoint() + "/" + ACCOUNT + "/" + name);
        assertThat(sqs.createQueue(r -> r.queueName(name).attributes(given)).queueUrl())
                .isEqualTo(url);
        assertThat(sqs.createQueue(r -> r.queueName(name)).queueUrl()).isEqualTo(url);
        assertThatThrownBy(() -> sqs.createQueue(
                        r -> r.queueName(name).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "8"))))
                .isInstanceOf(QueueNameExistsException.class)
                .hasMessageContaining("VisibilityTimeout")
                .extracting(e -> ((SqsException) e).awsErrorDetails().errorCode())
                .isEqualTo("QueueAlreadyExists");
        assertThat(sqs.getQueueUrl(r -> r.queueName(name)).queueUrl()).isEqualTo(url);
        assertThat(sqs.listQueues(r -> r.queueNamePrefix(name)).queueUrls()).containsExactly(url);
        assertThat(sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.QUEUE_ARN, ARNS + name)
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "7")
                .containsEntry(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576")
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600");
        sqs.setQueueAttributes(
                r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0")));
        sqs.tagQueue(r -> r.queueUrl(url).tags(Map.of("team", "rides")));
        assertThat(sqs.listQueueTags(r -> r.queueUrl(url)).tags()).containsExactly(Map.entry("team", "rides"));
        sqs.untagQueue(r -> r.queueUrl(url).tagKeys("team"));
        assertThat(sqs.listQueueTags(r -> r.queueUrl(url)).tags()).isEmpty();
        sqs.deleteQueue(r -> r.queueUrl(url));
        assertThatThrownBy(() -> sqs.getQueueUrl(r -> r.queueName(name)))
                .isInstanceOf(QueueDoesNotExistException.class)
                .extracting(e -> ((SqsException) e).awsErrorDetails().errorCode())
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
    }

    @Test
    void what_a_queue_cannot_take_is_refused_as_the_api_has_it() {
        var url = queue(Map.of());
        assertThatThrownBy(() -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("")))
                .hasMessageContaining("The request must contain the parameter MessageBody.")
                .extracting(e -> ((SqsException) e).awsErrorDetails().errorCode())
                .isEqualTo("MissingParameter");
        assertThatThrownBy(() -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("\u0001")))
                .isInstanceOf(InvalidMessageContentsException.class);
        assertThatThrownBy(() -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("x".repeat((1 << 20) + 1))))
                .hasMessageContaining("Message must be shorter than 1048576 bytes");
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("x".repeat(1 << 20)));
        assertThatThrownBy(() ->
                        sqs.sendMessage(r -> r.queueUrl(url).messageBody("x").delaySeconds(901)))
                .hasMessageContaining("DelaySeconds");
        assertThatThrownBy(() ->
                        sqs.sendMessage(r -> r.queueUrl(url).messageBody("x").messageDeduplicationId("d")))
                .hasMessageContaining("not valid for this queue type");
        assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(11)))
                .hasMessageContaining("Must be between 1 and 10, if provided.");
        assertThatThrownBy(() -> sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle("none")))
                .isInstanceOf(ReceiptHandleIsInvalidException.class);
        assertThatThrownBy(() -> sqs.sendMessageBatch(r -> r.queueUrl(url).entries(List.of())))
                .isInstanceOf(EmptyBatchRequestException.class);
        assertThatThrownBy(() -> sqs.sendMessageBatch(r -> r.queueUrl(url)
                        .entries(e -> e.id("a").messageBody("1"), e -> e.id("a").messageBody("2"))))
                .isInstanceOf(BatchEntryIdsNotDistinctException.class);
        assertThatThrownBy(() -> sqs.deleteMessageBatch(r -> r.queueUrl(url)
                        .entries(IntStream.range(0, 11)
                                .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                                        .id("e" + i)
                                        .receiptHandle("h")
                                        .build())
                                .toList())))
                .isInstanceOf(TooManyEntriesInBatchRequestException.class);
        assertThatThrownBy(() -> queue(Map.of(QueueAttributeName.DELAY_SECONDS, "901")))
                .isInstanceOf(InvalidAttributeValueException.class);
        assertThatThrownBy(() -> queue(Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")))
                .isInstanceOf(InvalidAttributeNameException.class);
        assertThatThrownBy(() -> queue(Map.of(QueueAttributeName.KMS_MASTER_KEY_ID, "alias/aws/sqs")))
                .hasMessageContaining("has no attribute KmsMasterKeyId");
        assertThatThrownBy(() -> sqs.addPermission(
                        r -> r.queueUrl(url).label("l").awsAccountIds(ACCOUNT).actions("SendMessage")))
                .hasMessageContaining("AddPermission");
    }

    @Test
    void entries_of_a_batch_fail_by_themselves() {
        var url = queue(Map.of());
        var answer = sqs.sendMessageBatch(r -> r.queueUrl(url)
                .entries(
                        e -> e.id("good").messageBody("1"),
                        e -> e.id("bad").messageBody("2").delaySeconds(1_000)));
        assertThat(answer.successful()).extracting("id").containsExactly("good");
        assertThat(answer.failed()).extracting("id").containsExactly("bad");
        assertThat(answer.failed()).extracting("code").containsExactly("InvalidParameterValue");
        var handle = receive(url).receiptHandle();
        assertThat(sqs.changeMessageVisibilityBatch(r -> r.queueUrl(url)
                                .entries(e -> e.id("it").receiptHandle(handle).visibilityTimeout(0)))
                        .successful())
                .hasSize(1);
        var again = receive(url);
        assertThat(again.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        assertThatThrownBy(() -> sqs.changeMessageVisibility(
                        r -> r.queueUrl(url).receiptHandle(handle).visibilityTimeout(9)))
                .isInstanceOf(MessageNotInflightException.class);
        assertThat(sqs.deleteMessageBatch(
                                r -> r.queueUrl(url).entries(e -> e.id("it").receiptHandle(again.receiptHandle())))
                        .successful())
                .hasSize(1);
    }

    @Test
    void a_fifo_queue_takes_a_message_once() {
        var url = fifo(Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        var first = sqs.sendMessage(r -> r.queueUrl(url).messageBody("once").messageGroupId("g"));
        var second = sqs.sendMessage(r -> r.queueUrl(url).messageBody("once").messageGroupId("g"));
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.sequenceNumber()).isEqualTo(first.sequenceNumber()).hasSize(20);
        var got = receive(url);
        assertThat(got.attributes())
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "g")
                .containsEntry(MessageSystemAttributeName.SEQUENCE_NUMBER, first.sequenceNumber())
                .containsKey(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID);
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(got.receiptHandle()));
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("once").messageGroupId("g"));
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
        assertThatThrownBy(() -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("x")))
                .hasMessageContaining("MessageGroupId");
        var strict = fifo(Map.of());
        assertThatThrownBy(() ->
                        sqs.sendMessage(r -> r.queueUrl(strict).messageBody("x").messageGroupId("g")))
                .hasMessageContaining("ContentBasedDeduplication enabled or MessageDeduplicationId provided");
    }

    @Test
    void eight_consumers_receive_each_group_in_its_order() throws Exception {
        var url = fifo(Map.of());
        int groups = 4;
        int each = 15;
        for (int i = 0; i < each; i++) {
            for (int g = 0; g < groups; g++) {
                var body = g + ":" + i;
                var group = "g" + g;
                sqs.sendMessage(r ->
                        r.queueUrl(url).messageBody(body).messageGroupId(group).messageDeduplicationId(body));
            }
        }
        var got = new ConcurrentHashMap<String, List<String>>();
        var left = new CountDownLatch(groups * each);
        try (var consumers = Executors.newFixedThreadPool(8)) {
            for (int c = 0; c < 8; c++) {
                consumers.submit(() -> {
                    while (left.getCount() > 0) {
                        for (var message : sqs.receiveMessage(r ->
                                        r.queueUrl(url).maxNumberOfMessages(3).waitTimeSeconds(1))
                                .messages()) {
                            got.computeIfAbsent(message.body().split(":")[0], g -> new CopyOnWriteArrayList<>())
                                    .add(message.body().split(":")[1]);
                            sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
                            left.countDown();
                        }
                    }
                    return null;
                });
            }
            left.await();
        }
        var expected = IntStream.range(0, each).mapToObj(String::valueOf).toList();
        assertThat(got).hasSize(groups);
        got.values().forEach(order -> assertThat(order).isEqualTo(expected));
    }

    @Test
    void a_receiver_waits_for_the_message_that_comes() throws Exception {
        var url = queue(Map.of());
        var messages = aws.aws().sqs().queues().byArn(ARNS + url.substring(url.lastIndexOf('/') + 1));
        var waiting = CompletableFuture.supplyAsync(() ->
                sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20)).messages());
        while (messages.messages().waiting() == 0) {
            Thread.onSpinWait();
        }
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("at last"));
        assertThat(waiting.get()).extracting(Message::body).containsExactly("at last");
    }

    @Test
    void the_policy_of_a_queue_lets_a_service_in_for_its_source_and_keeps_others_out() {
        var url = queue(Map.of());
        var arn = ARNS + url.substring(url.lastIndexOf('/') + 1);
        var queues = aws.aws().sqs().queues();
        var sns = Caller.service("sns.amazonaws.com", "us-east-1");
        RequestContext source =
                RequestContext.builder().put("aws:SourceArn", TOPIC).build();
        assertThatThrownBy(() -> queues.send(sns, arn, NewMessage.of("x"), source))
                .isInstanceOf(AccessDenied.class);
        sqs.setQueueAttributes(
                r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, """
                {"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"%s",
                   "Condition":{"ArnEquals":{"aws:SourceArn":"%s"}}},
                  {"Effect":"Deny","Principal":"*","Action":"sqs:PurgeQueue","Resource":"%s"}]}""".formatted(arn, TOPIC, arn))));
        queues.send(sns, arn, NewMessage.of("from a topic"), source);
        assertThatThrownBy(() -> queues.send(sns, arn, NewMessage.of("x"), RequestContext.EMPTY))
                .isInstanceOf(AccessDenied.class);
        assertThat(receive(url).body()).isEqualTo("from a topic");
        assertThatThrownBy(() -> sqs.purgeQueue(r -> r.queueUrl(url)))
                .hasMessageContaining("is not authorized to perform: sqs:PurgeQueue");
    }

    @Test
    void a_role_does_with_a_queue_what_its_policy_says() {
        var url = queue(Map.of());
        var arn = ARNS + url.substring(url.lastIndexOf('/') + 1);
        var role = aws.role("sender-" + UUID.randomUUID(), "lambda.amazonaws.com", allow("sqs:SendMessage", arn));
        try (var own = as(role, "lambda.amazonaws.com")) {
            own.sendMessage(r -> r.queueUrl(url).messageBody("x"));
            own.sendMessageBatch(r -> r.queueUrl(url).entries(e -> e.id("a").messageBody("x")));
            assertThatThrownBy(() -> own.receiveMessage(r -> r.queueUrl(url)))
                    .hasMessageContaining("is not authorized to perform: sqs:ReceiveMessage on resource: " + arn);
            assertThatThrownBy(() -> own.getQueueUrl(r -> r.queueName("secret")))
                    .hasMessageContaining("is not authorized to perform: sqs:GetQueueUrl");
        }
    }

    @Test
    void what_is_received_too_often_becomes_a_dead_letter_and_finds_its_way_back() throws Exception {
        var dead = queue(Map.of());
        var deadArn = ARNS + dead.substring(dead.lastIndexOf('/') + 1);
        var url = queue(Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "0",
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"" + deadArn + "\",\"maxReceiveCount\":\"2\"}"));
        var arn = ARNS + url.substring(url.lastIndexOf('/') + 1);
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("poison"));
        receive(url);
        receive(url);
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
        var letter = sqs.receiveMessage(r -> r.queueUrl(dead)
                        .visibilityTimeout(0)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
        assertThat(letter.body()).isEqualTo("poison");
        assertThat(letter.attributes()).containsEntry(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, arn);
        assertThat(sqs.listDeadLetterSourceQueues(r -> r.queueUrl(dead)).queueUrls())
                .containsExactly(url);
        assertThatThrownBy(() -> sqs.startMessageMoveTask(r -> r.sourceArn(arn)))
                .hasMessageContaining("must be configured as a Dead Letter Queue");
        sqs.startMessageMoveTask(r -> r.sourceArn(deadArn));
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(5)).messages())
                .extracting(Message::body)
                .containsExactly("poison");
        var told = sqs.listMessageMoveTasks(r -> r.sourceArn(deadArn)).results().getFirst();
        assertThat(told.approximateNumberOfMessagesToMove()).isEqualTo(1);
        assertThatThrownBy(() -> queue(Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + ARNS + "none\",\"maxReceiveCount\":2}")))
                .hasMessageContaining("Dead letter target does not exist");
    }

    @Test
    void queues_and_messages_are_there_after_a_restart(@TempDir Path folder) {
        var bodies = new ArrayList<String>();
        String handle;
        try (var first = EmbeddedAws.builder().folder(folder).start();
                var client = administrator(first)) {
            var url = client.createQueue(r -> r.queueName("kept.fifo")
                            .attributes(Map.of(
                                    QueueAttributeName.FIFO_QUEUE,
                                    "true",
                                    QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
                                    "true"))
                            .tags(Map.of("team", "rides")))
                    .queueUrl();
            for (var body : List.of("deleted", "flying", "resting")) {
                client.sendMessage(r -> r.queueUrl(url).messageBody(body).messageGroupId(body));
            }
            var gone = client.receiveMessage(r -> r.queueUrl(url)).messages().getFirst();
            client.deleteMessage(r -> r.queueUrl(url).receiptHandle(gone.receiptHandle()));
            handle = client.receiveMessage(r -> r.queueUrl(url))
                    .messages()
                    .getFirst()
                    .receiptHandle();
        }
        try (var second = EmbeddedAws.builder().folder(folder).start();
                var client = administrator(second)) {
            var url = client.getQueueUrl(r -> r.queueName("kept.fifo")).queueUrl();
            assertThat(client.listQueueTags(r -> r.queueUrl(url)).tags()).containsEntry("team", "rides");
            client.sendMessage(r -> r.queueUrl(url).messageBody("deleted").messageGroupId("deleted"));
            client.changeMessageVisibility(
                    r -> r.queueUrl(url).receiptHandle(handle).visibilityTimeout(60));
            client.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10))
                    .messages()
                    .forEach(message -> bodies.add(message.body()));
            assertThat(bodies).containsExactly("resting");
            client.deleteMessage(r -> r.queueUrl(url).receiptHandle(handle));
        }
    }

    private Message receive(String url) {
        return sqs.receiveMessage(r -> r.queueUrl(url)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages()
                .getFirst();
    }

    private int count(String url, QueueAttributeName name) {
        return Integer.parseInt(sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(name))
                .attributes()
                .get(name));
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static String name() {
        return "q-" + UUID.randomUUID();
    }

    private String queue(Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(r -> r.queueName(name()).attributes(attributes)).queueUrl();
    }

    private String fifo(Map<QueueAttributeName, String> attributes) {
        var all = new HashMap<>(attributes);
        all.put(QueueAttributeName.FIFO_QUEUE, "true");
        return sqs.createQueue(r -> r.queueName(name() + ".fifo").attributes(all))
                .queueUrl();
    }

    private SqsClient as(String role, String service) {
        var session = aws.aws().foundation().sessions().assumeAsService(service, role, "test", RequestContext.EMPTY);
        return client(
                aws.aws(),
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
    }

    static SqsClient administrator(EmbeddedAws aws) {
        return client(
                aws,
                AwsBasicCredentials.create(
                        aws.administrator().accessKeyId(), aws.administrator().secretAccessKey()));
    }

    private static SqsClient client(EmbeddedAws aws, AwsCredentials credentials) {
        return SqsClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(Apache5HttpClient.create())
                .build();
    }
}
