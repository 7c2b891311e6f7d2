package dev.baton.local.lambda;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.function.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// Functions that get their work from queues. What a function fails on is given back by the test at once, where a queue
/// would wait for its time.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventSourceMappingTest {
    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SqsClient sqs = sqs(aws);

    private static SqsClient sqs(ApplicationEndpoint of) {
        var administrator = of.aws().administrator();
        return of.client(administrator.accessKeyId(), administrator.secretAccessKey(), SqsClient.builder());
    }

    @AfterAll
    void stop() {
        sqs.close();
        aws.close();
    }

    /// A message as a function got it.
    private record Got(String body, String receiptHandle, Map<?, ?> json) {
        String attribute(String name) {
            return String.valueOf(((Map<?, ?>) json.get("attributes")).get(name));
        }
    }

    /// A function that tells of each batch, and answers what it is told to.
    private static RequestStreamHandler telling(
            BlockingQueue<List<Got>> batches, Function<List<Got>, String> answering) {
        return (in, out, context) -> {
            var batch = new ArrayList<Got>();
            for (var record : (List<?>) Json.parseObject(in.readAllBytes()).get("Records")) {
                var json = (Map<?, ?>) record;
                batch.add(new Got((String) json.get("body"), (String) json.get("receiptHandle"), json));
            }
            var answer = answering.apply(batch);
            batches.add(batch);
            out.write(answer.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + queue;
    }

    private String queue(String name) {
        Map<QueueAttributeName, String> attributes = name.endsWith(".fifo")
                ? Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true")
                : Map.of();
        return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    }

    private static void function(ApplicationEndpoint of, String name, String queue, RequestStreamHandler handler) {
        var role = of.role(
                name + "-role",
                "lambda.amazonaws.com",
                allow("sqs:ReceiveMessage", arn(queue)) + "," + allow("sqs:DeleteMessage", arn(queue)) + ","
                        + allow("sqs:GetQueueAttributes", arn(queue)) + "," + allow("sqs:SendMessage", arn(queue)));
        of.aws()
                .lambda()
                .register(new LambdaFunction(name, role, Map.of(), Duration.ofSeconds(5), 128, environment -> handler));
    }

    private int left(String url) {
        var counts = sqs.getQueueAttributes(r -> r.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return counts.values().stream().mapToInt(Integer::parseInt).sum();
    }

    private void awaitEmpty(String url) {
        while (left(url) > 0) {
            Thread.onSpinWait();
        }
    }

    private static List<Got> next(BlockingQueue<List<Got>> batches) throws InterruptedException {
        var batch = batches.poll(20, TimeUnit.SECONDS);
        assertThat(batch).as("a batch").isNotNull();
        return batch;
    }

    @Test
    void a_function_gets_messages_and_what_it_has_done_is_gone() throws InterruptedException {
        var url = queue("work");
        var batches = new LinkedBlockingQueue<List<Got>>();
        function(aws, "worker", "work", telling(batches, batch -> "null"));
        var made = aws.lambda()
                .createEventSourceMapping(r -> r.functionName("worker").eventSourceArn(arn("work")));
        assertThat(made.batchSize()).isEqualTo(10);
        assertThat(made.state()).isEqualTo("Creating");
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("one"));
        var got = next(batches).getFirst();
        assertThat(got.body()).isEqualTo("one");
        assertThat(got.json().get("eventSource")).isEqualTo("aws:sqs");
        assertThat(got.json().get("eventSourceARN")).isEqualTo(arn("work"));
        assertThat(got.attribute("ApproximateReceiveCount")).isEqualTo("1");
        awaitEmpty(url);
        var found = aws.lambda().listEventSourceMappings(r -> r.functionName("worker"));
        assertThat(found.eventSourceMappings()).extracting("uuid").containsExactly(made.uuid());
        aws.lambda().deleteEventSourceMapping(r -> r.uuid(made.uuid()));
        assertThatThrownBy(() -> aws.lambda().getEventSourceMapping(r -> r.uuid(made.uuid())))
                .isInstanceOf(ResourceNotFoundException.class);
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("two"));
        assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).hasSize(1);
    }

    @Test
    void a_message_that_failed_comes_again_and_the_others_of_its_batch_do_not() throws InterruptedException {
        var url = queue("partly");
        var batches = new LinkedBlockingQueue<List<Got>>();
        function(aws, "partly", "partly", telling(batches, batch -> {
            var failed = batch.stream()
                    .filter(got -> got.body().equals("bad")
                            && got.attribute("ApproximateReceiveCount").equals("1"))
                    .map(got -> "{\"itemIdentifier\":\"" + got.json().get("messageId") + "\"}")
                    .toList();
            return "{\"batchItemFailures\":" + failed + "}";
        }));
        sqs.sendMessageBatch(r -> r.queueUrl(url)
                .entries(e -> e.id("g").messageBody("good"), e -> e.id("b").messageBody("bad")));
        aws.lambda()
                .createEventSourceMapping(r -> r.functionName("partly")
                        .eventSourceArn(arn("partly"))
                        .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES));
        var first = next(batches);
        assertThat(first).extracting(Got::body).containsExactly("good", "bad");
        while (left(url) > 1) {
            Thread.onSpinWait();
        }
        sqs.changeMessageVisibility(
                r -> r.queueUrl(url).receiptHandle(first.get(1).receiptHandle()).visibilityTimeout(0));
        var second = next(batches);
        assertThat(second).extracting(Got::body).containsExactly("bad");
        assertThat(second.getFirst().attribute("ApproximateReceiveCount")).isEqualTo("2");
        awaitEmpty(url);
    }

    @Test
    void a_batch_whose_function_throws_comes_again_as_a_whole() throws InterruptedException {
        var url = queue("throwing");
        var batches = new LinkedBlockingQueue<List<Got>>();
        function(aws, "throwing", "throwing", telling(batches, batch -> {
            if (batch.getFirst().attribute("ApproximateReceiveCount").equals("1")) {
                batches.add(batch);
                throw new IllegalStateException("no berth");
            }
            return "";
        }));
        aws.lambda()
                .createEventSourceMapping(r -> r.functionName("throwing")
                        .eventSourceArn(arn("throwing"))
                        .batchSize(1));
        sqs.sendMessage(r -> r.queueUrl(url).messageBody("a"));
        var first = next(batches).getFirst();
        assertThat(left(url)).isEqualTo(1);
        sqs.changeMessageVisibility(
                r -> r.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
        assertThat(next(batches).getFirst().body()).isEqualTo("a");
        awaitEmpty(url);
    }

    @Test
    void groups_of_a_fifo_queue_reach_the_function_in_their_order() throws InterruptedException {
        var url = queue("ordered.fifo");
        var batches = new LinkedBlockingQueue<List<Got>>();
        function(aws, "ordered", "ordered.fifo", telling(batches, batch -> "{}"));
        for (int i = 0; i < 30; i++) {
            var body = "" + i;
            sqs.sendMessage(r -> r.queueUrl(url).messageBody(body).messageGroupId("g" + Integer.parseInt(body) % 3));
        }
        aws.lambda()
                .createEventSourceMapping(r -> r.functionName("ordered")
                        .eventSourceArn(arn("ordered.fifo"))
                        .batchSize(2));
        awaitEmpty(url);
        var got = new ArrayList<List<Got>>();
        batches.drainTo(got);
        for (int g = 0; g < 3; g++) {
            var group = "g" + g;
            int first = g;
            assertThat(got.stream()
                            .flatMap(List::stream)
                            .filter(each -> each.attribute("MessageGroupId").equals(group))
                            .map(Got::body))
                    .containsExactlyElementsOf(IntStream.range(0, 10)
                            .mapToObj(i -> "" + (first + 3 * i))
                            .toList());
        }
    }

    @Test
    void messages_that_match_no_filter_are_deleted_unseen() throws InterruptedException {
        var url = queue("filtered");
        var batches = new LinkedBlockingQueue<List<Got>>();
        function(aws, "filtered", "filtered", telling(batches, batch -> ""));
        aws.lambda()
                .createEventSourceMapping(r -> r.functionName("filtered")
                        .eventSourceArn(arn("filtered"))
                        .filterCriteria(f -> f.filters(Filter.builder()
                                .pattern("{\"body\":{\"port\":[\"Ghent\"]}}")
                                .build())));
        for (var body : List.of("{\"port\":\"Bruges\"}", "no json", "{\"port\":\"Ghent\"}")) {
            sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
        }
        assertThat(next(batches)).extracting(Got::body).containsExactly("{\"port\":\"Ghent\"}");
        awaitEmpty(url);
        assertThat(batches).isEmpty();
    }

    @Test
    void a_window_gathers_a_batch_that_is_larger_than_one_request_to_the_queue() throws InterruptedException {
        var url = queue("gathered");
        var batches = new LinkedBlockingQueue<List<Got>>();
        function(aws, "gathered", "gathered", telling(batches, batch -> ""));
        for (int b = 0; b < 3; b++) {
            sqs.sendMessageBatch(r -> r.queueUrl(url)
                    .entries(IntStream.range(0, 10)
                            .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                    .id("e" + i)
                                    .messageBody("" + i)
                                    .build())
                            .toList()));
        }
        aws.lambda()
                .createEventSourceMapping(r -> r.functionName("gathered")
                        .eventSourceArn(arn("gathered"))
                        .batchSize(30)
                        .maximumBatchingWindowInSeconds(20));
        assertThat(next(batches)).hasSize(30);
        awaitEmpty(url);
    }

    @Test
    void a_mapping_that_could_not_work_is_refused() {
        var url = queue("strict");
        function(aws, "strict", "strict", (in, out, context) -> {});
        function(aws, "stranger", "elsewhere", (in, out, context) -> {});
        assertThatThrownBy(() -> aws.lambda()
                        .createEventSourceMapping(
                                r -> r.functionName("stranger").eventSourceArn(arn("strict"))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining(
                        "The provided execution role does not have permissions to call ReceiveMessage on SQS");
        assertThatThrownBy(() -> aws.lambda()
                        .createEventSourceMapping(
                                r -> r.functionName("stranger").eventSourceArn(arn("elsewhere"))))
                .hasMessageContaining("AWS.SimpleQueueService.NonExistentQueue");
        assertThatThrownBy(() -> aws.lambda()
                        .createEventSourceMapping(r -> r.functionName("strict")
                                .eventSourceArn(arn("strict"))
                                .batchSize(11)))
                .hasMessageContaining("Maximum batch window in seconds must be greater than 0");
        sqs.setQueueAttributes(r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "4")));
        assertThatThrownBy(() -> aws.lambda()
                        .createEventSourceMapping(r -> r.functionName("strict").eventSourceArn(arn("strict"))))
                .hasMessageContaining("Queue visibility timeout: 4 seconds is less than Function timeout: 5 seconds");
        sqs.setQueueAttributes(r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "5")));
        var made = aws.lambda()
                .createEventSourceMapping(r ->
                        r.functionName("strict").eventSourceArn(arn("strict")).enabled(false));
        assertThatThrownBy(() -> aws.lambda()
                        .createEventSourceMapping(r -> r.functionName("strict").eventSourceArn(arn("strict"))))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining(made.uuid());
        assertThat(aws.lambda().getEventSourceMapping(r -> r.uuid(made.uuid())).state())
                .isEqualTo("Disabled");
        assertThat(aws.lambda()
                        .updateEventSourceMapping(r -> r.uuid(made.uuid()).batchSize(3))
                        .batchSize())
                .isEqualTo(3);
    }

    @Test
    void the_record_of_an_asynchronous_invocation_goes_to_a_queue() {
        var url = queue("records");
        function(aws, "recorded", "records", (in, out, context) -> out.write("42".getBytes(StandardCharsets.UTF_8)));
        aws.lambda()
                .putFunctionEventInvokeConfig(r -> r.functionName("recorded")
                        .destinationConfig(d -> d.onSuccess(s -> s.destination(arn("records")))));
        aws.lambda().invoke(r -> r.functionName("recorded").invocationType(InvocationType.EVENT));
        var told = sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20))
                .messages()
                .getFirst();
        assertThat(Json.parseObject(told.body()).get("responsePayload")).isEqualTo(42L);
    }

    @Test
    void a_mapping_reads_on_after_a_restart_once_the_function_is_there(@TempDir Path folder)
            throws InterruptedException {
        var batches = new LinkedBlockingQueue<List<Got>>();
        try (var first = new ApplicationEndpoint(
                        EmbeddedAws.builder().folder(folder).start());
                var client = sqs(first)) {
            client.createQueue(r -> r.queueName("kept"));
            function(first, "kept", "kept", (in, out, context) -> {});
            first.lambda().createEventSourceMapping(r -> r.functionName("kept").eventSourceArn(arn("kept")));
        }
        try (var second = new ApplicationEndpoint(
                        EmbeddedAws.builder().folder(folder).held().start());
                var client = sqs(second)) {
            function(second, "kept", "kept", telling(batches, batch -> ""));
            second.aws().resume();
            client.sendMessage(
                    r -> r.queueUrl(client.getQueueUrl(q -> q.queueName("kept")).queueUrl())
                            .messageBody("again"));
            assertThat(next(batches)).extracting(Got::body).containsExactly("again");
        }
    }
}
