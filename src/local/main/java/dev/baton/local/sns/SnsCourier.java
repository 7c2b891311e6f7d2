package dev.baton.local.sns;

import dev.baton.local.caller.Caller;
import dev.baton.local.delivery.DeliveryAttempts;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.Lambda;
import java.lang.System.Logger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings messages to queues, functions and servers. What a receiver refuses for good goes to the subscription's
/// dead-letter queue, as does what was tried often enough; without one it is in the log.
///
/// @param retries those of a subscription over HTTP
record SnsCourier(
        Account account,
        QueueSender queues,
        Lambda lambda,
        Supplier<HttpClient> http,
        Function<String, RetryPolicy> retries)
        implements DeliveryAttempts.Courier<SnsDelivery> {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    static final String PRINCIPAL = "sns.amazonaws.com";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int AT_ONCE = 3;
    private static final int SOON = 5;
    private static final int GROWING = 15;
    /// Of AWS's own receivers: 23 days of them.
    private static final int MOST = 100_015;

    @Override
    public void send(SnsDelivery delivery, DeliveryAttempts.Attempt attempt) {
        switch (delivery.protocol()) {
            case "sqs" -> {
                toQueue(delivery, delivery.endpoint(), delivery.attributes());
                attempt.done();
            }
            case "lambda" ->
                lambda.invokeAsynchronously(
                        caller(),
                        delivery.endpoint(),
                        null,
                        delivery.body().getBytes(StandardCharsets.UTF_8),
                        context(delivery),
                        attempt::done);
            default -> post(delivery, attempt);
        }
    }

    private void toQueue(SnsDelivery delivery, String queueArn, Map<String, SnsAttribute> attributes) {
        queues.send(
                caller(),
                queueArn,
                delivery.body(),
                attributes,
                delivery.group(),
                queueArn.endsWith(".fifo") ? delivery.deduplicationId() : null,
                context(delivery));
    }

    private void post(SnsDelivery delivery, DeliveryAttempts.Attempt attempt) {
        var request = HttpRequest.newBuilder(URI.create(delivery.endpoint()))
                .timeout(PATIENCE)
                .header("x-amz-sns-message-type", delivery.type())
                .header("x-amz-sns-message-id", delivery.messageId())
                .header("x-amz-sns-topic-arn", delivery.topicArn())
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("User-Agent", "Amazon Simple Notification Service Agent")
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()));
        if (delivery.type().equals("Notification")) {
            request.header("x-amz-sns-subscription-arn", delivery.subscriptionArn());
        }
        if (delivery.raw()) {
            request.header("x-amz-sns-rawdelivery", "true");
        }
        var unused = http.get()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        attempt.failed(new AwsError(503, "Unreachable", String.valueOf(failure.getMessage())));
                    } else if (answer.statusCode() / 100 == 2) {
                        attempt.done();
                    } else {
                        attempt.failed(new AwsError(
                                answer.statusCode(), "HttpStatus", "The server answered " + answer.statusCode() + "."));
                    }
                });
    }

    private Caller caller() {
        return Caller.service(PRINCIPAL, account.region());
    }

    private RequestContext context(SnsDelivery delivery) {
        return RequestContext.builder()
                .put("aws:SourceArn", delivery.topicArn())
                .put("aws:SourceAccount", account.id())
                .build();
    }

    /// A receiver's own refusal is for good; what may pass is tried again. See [Message delivery
    /// retries](https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html).
    @Override
    public @Nullable Duration pause(SnsDelivery delivery, int attempt, Duration age, AwsError error) {
        if (error.status() / 100 == 4 && error.status() != 429) {
            return null;
        }
        if (delivery.protocol().startsWith("http")) {
            return retries.apply(delivery.subscriptionArn()).delay(attempt);
        }
        return attempt > MOST ? null : Duration.ofSeconds(seconds(attempt));
    }

    private static long seconds(int attempt) {
        if (attempt <= AT_ONCE) {
            return 0;
        }
        return attempt <= SOON ? 1 : attempt <= GROWING ? 1 + 19L * (attempt - SOON) / (GROWING - SOON) : 20;
    }

    @Override
    public void givenUp(SnsDelivery delivery, String code, String message, int attempts) {
        var queue = delivery.deadLetterArn();
        var lost = queue == null;
        if (queue != null) {
            try {
                toQueue(delivery, queue, delivery.attributes());
            } catch (ServiceRefusal e) {
                lost = true;
                LOG.log(Logger.Level.WARNING, "a dead-letter queue takes nothing: " + queue + ": " + e.message());
            }
        }
        if (lost) {
            LOG.log(
                    Logger.Level.WARNING,
                    "message " + delivery.messageId() + " of " + delivery.topicArn() + " did not reach "
                            + delivery.endpoint() + " in " + attempts + " attempts: " + code + ": " + message);
        }
    }

    @Override
    public long size(SnsDelivery delivery) {
        return 512 + 2L * delivery.body().length();
    }
}
