package dev.baton.local.scheduler;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.Signing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.ssm.SsmClient;

/// The calls that schedules make beside those of functions and machines, in virtual time.
class ScheduleTargetsTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":";
    private static final String PARAMETER = "arn:aws:ssm:us-east-1:" + ACCOUNT + ":parameter/";

    private final VirtualScheduler time = new VirtualScheduler(Instant.parse("2026-11-02T08:30:00Z"));
    private final ApplicationEndpoint aws =
            new ApplicationEndpoint(EmbeddedAws.builder().ticking(time).start());
    private final SqsClient sqs = aws.client(
            aws.aws().administrator().accessKeyId(), aws.aws().administrator().secretAccessKey(), SqsClient.builder());
    private final SsmClient ssm = aws.client(
            aws.aws().administrator().accessKeyId(), aws.aws().administrator().secretAccessKey(), SsmClient.builder());
    private String told;
    private String lost;

    @BeforeEach
    void queues() {
        told = sqs.createQueue(r -> r.queueName("told")).queueUrl();
        lost = sqs.createQueue(r -> r.queueName("lost")).queueUrl();
    }

    @AfterEach
    void stop() {
        sqs.close();
        ssm.close();
        aws.close();
    }

    private void schedule(String name, String target, String input, String statements) throws IOException {
        var role = aws.role(name + "-role", "scheduler.amazonaws.com", statements);
        var answer = new Signing(aws.aws().endpoint(), aws.aws().administrator(), "scheduler")
                .send(
                        "POST",
                        "/schedules/" + name,
                        Map.of(),
                        Json.print(Map.of(
                                "ScheduleExpression",
                                "at(2026-11-02T09:00:00)",
                                "FlexibleTimeWindow",
                                Map.of("Mode", "OFF"),
                                "Target",
                                Map.of(
                                        "Arn",
                                        target,
                                        "RoleArn",
                                        role,
                                        "Input",
                                        input,
                                        "DeadLetterConfig",
                                        Map.of("Arn", QUEUE + "lost")))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private Message received(String url) {
        var messages = sqs.receiveMessage(r -> r.queueUrl(url).messageAttributeNames("All"))
                .messages();
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    @Test
    void a_queue_gets_a_message_and_a_service_is_called_as_by_its_sdk() throws IOException {
        schedule(
                "queued",
                QUEUE + "told",
                "{\"at\":\"<aws.scheduler.scheduled-time>\"}",
                allow("sqs:SendMessage", QUEUE + "told"));
        schedule(
                "universal",
                "arn:aws:scheduler:::aws-sdk:ssm:putParameter",
                "{\"Name\":\"/port\",\"Value\":\"Ghent\",\"Type\":\"String\"}",
                allow("ssm:PutParameter", PARAMETER + "port"));
        time.advance(Duration.ofHours(1));
        assertThat(received(told).body()).isEqualTo("{\"at\":\"2026-11-02T09:00:00Z\"}");
        assertThat(ssm.getParameter(r -> r.name("/port")).parameter().value()).isEqualTo("Ghent");
        assertThat(aws.aws().schedules().failures()).isEmpty();
    }

    @Test
    void what_is_given_up_goes_to_the_dead_letter_queue_with_its_reason() throws IOException {
        schedule(
                "denied",
                "arn:aws:scheduler:::aws-sdk:ssm:putParameter",
                "{\"Name\":\"/port\",\"Value\":\"Ghent\",\"Type\":\"String\"}",
                allow("sqs:SendMessage", QUEUE + "lost"));
        time.advance(Duration.ofHours(1));
        var letter = received(lost);
        assertThat(letter.body()).contains("/port");
        var attributes = letter.messageAttributes();
        assertThat(attributes.get("ERROR_MESSAGE").stringValue())
                .contains("is not authorized to perform: ssm:PutParameter");
        assertThat(attributes.get("ERROR_CODE").stringValue()).isEqualTo("Ssm.SsmException");
        assertThat(attributes.get("SCHEDULED_TIME").stringValue()).isEqualTo("2026-11-02T09:00:00Z");
        assertThat(attributes.get("TARGET_ARN").stringValue()).endsWith("aws-sdk:ssm:putParameter");
        assertThat(attributes.get("RETRY_ATTEMPTS").stringValue()).isEqualTo("0");
    }
}
