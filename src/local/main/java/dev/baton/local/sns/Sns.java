package dev.baton.local.sns;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.delivery.DeliveryAttempts;
import dev.baton.local.delivery.DeliveryJournal;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.lambda.TopicSink;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.QueryAction;
import dev.baton.local.service.QueryService;
import dev.baton.local.service.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// SNS: topics that deliver what is published to queues, functions and servers.
///
/// Email, text messages, mobile push and Firehose are not here and are refused. See the [API
/// reference](https://docs.aws.amazon.com/sns/latest/api/welcome.html).
public final class Sns implements TopicSink {
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

    private final Authorizer authorizer;
    private final Scheduler scheduler;
    private final Topics topics;
    private final SnsEnvelope envelope;
    private final DeliveryAttempts<SnsDelivery> attempts;
    private final Map<String, FifoOrder> orders = new ConcurrentHashMap<>();
    private final Service service;

    public Sns(Foundation foundation, Lambda lambda, QueueSender queues, Supplier<HttpClient> http) {
        authorizer = foundation.authorizer();
        scheduler = foundation.scheduler();
        topics = new Topics(foundation.account(), foundation.file("sns.json"));
        envelope = new SnsEnvelope(foundation.endpoint());
        attempts = new DeliveryAttempts<>(
                scheduler, new SnsCourier(foundation.account(), queues, lambda, http, this::retries));
        var operations = ApiOperation.all(
                new TopicActions(topics, this::forget).all(),
                new SubscriptionActions(this, topics).all(),
                new PublishActions(this, topics).all(),
                new TopicTags(topics).all());
        service = new QueryService(
                "sns",
                NAMESPACE,
                authorizer,
                operations.stream()
                        .map(operation -> operation.with(Sns::inItsWords))
                        .map(operation -> operation.changes() ? operation.with(this::oneByOne) : operation)
                        .toList(),
                Set.of("ConfirmSubscription", "Unsubscribe"),
                topics::save,
                attempts::close);
    }

    /// A denial has a code of SNS's own.
    private static QueryAction inItsWords(QueryAction action) {
        return (input, call, result) -> {
            try {
                action.handle(input, call, result);
            } catch (AccessDenied e) {
                throw SnsErrors.unauthorized(e);
            }
        };
    }

    /// What reads and then changes is one change.
    private QueryAction oneByOne(QueryAction action) {
        return (input, call, result) -> {
            synchronized (topics) {
                action.handle(input, call, result);
            }
        };
    }

    private void forget(String topicArn) {
        if (orders.remove(topicArn) != null) {
            attempts.note(FifoOrder.deleted(topicArn, scheduler.now()));
        }
    }

    /// Keeps the deliveries that are under way from now on, and what topics of FIFO have had.
    ///
    /// @param said is told LOC006 where the end of the journal was torn
    public void keep(Path folder, Consumer<Diagnostic> said) throws IOException {
        var own = folder.resolve("sns");
        LocalDisk.DISK.createFolders(own);
        var journal = new DeliveryJournal<>(own, SnsDelivery::toJson, SnsDelivery::of, said);
        orders.putAll(FifoOrder.all(journal.memos(), scheduler));
        attempts.keep(journal);
    }

    /// Goes on with the deliveries that were under way when the process ended that kept them.
    public void resume() {
        attempts.resume();
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }

    /// Deliveries under way, retries included.
    public int pending() {
        return attempts.pending();
    }

    /// Asks whether a caller may publish to a topic, whose own policy may allow it.
    ///
    /// @throws AccessDenied when the caller may not
    /// @throws dev.baton.local.http.AwsError when there is no such topic
    @Override
    public void require(Caller caller, String topicArn, RequestContext context) {
        var topic = topics.topic(topicArn);
        authorizer.require(new AccessRequest(
                caller, "sns:Publish", topicArn, topics.account().id(), context.or(topic.context()), topic.policy()));
    }

    /// Publishes for another service. What is accepted is on the disk when this returns.
    ///
    /// @param message its members as the API's request has them, `Message` among them
    /// @return the message's id
    /// @throws AccessDenied when the caller may not
    /// @throws dev.baton.local.http.AwsError when it cannot be published
    @Override
    public String publish(Caller caller, String topicArn, Map<String, String> message, RequestContext context) {
        require(caller, topicArn, context);
        var topic = topics.topic(topicArn);
        return publish(topic, Publication.of(new ApiInput(message), topic)).messageId();
    }

    /// Publishes as a service that tells of a resource of the account.
    ///
    /// @param service such as `s3.amazonaws.com`
    /// @param message as above
    public String publish(String service, String sourceArn, String topicArn, Map<String, String> message) {
        var account = topics.account();
        return publish(
                Caller.service(service, account.region()),
                topicArn,
                message,
                RequestContext.builder()
                        .put("aws:SourceArn", sourceArn)
                        .put("aws:SourceAccount", account.id())
                        .build());
    }

    /// What is answered to who publishes.
    FifoOrder.Seen publish(Topic topic, Publication publication) {
        if (!topic.isFifo()) {
            var message = message(topic, publication, null, publication.deduplicationId());
            attempts.make(due(message));
            return new FifoOrder.Seen(message.id(), "", message.time());
        }
        var order = orders.computeIfAbsent(topic.arn(), arn -> new FifoOrder(scheduler));
        synchronized (order) {
            var given = publication.deduplicationId();
            var id = given == null ? digest(publication.text()) : given;
            var scope = "MessageGroup".equals(topic.attributes().get("FifoThroughputScope"))
                    ? publication.group() + " " + id
                    : id;
            var earlier = order.earlier(scope);
            if (earlier != null) {
                return earlier;
            }
            var message = message(topic, publication, order.next(), id);
            var answered = new FifoOrder.Seen(message.id(), String.valueOf(message.sequence()), message.time());
            attempts.makeInOrder(due(message), answered.memo(topic.arn(), scope));
            order.remember(scope, answered);
            return answered;
        }
    }

    private SnsMessage message(
            Topic topic, Publication publication, @Nullable String sequence, @Nullable String deduplicationId) {
        return new SnsMessage(
                UUID.randomUUID().toString(),
                topic.arn(),
                publication.subject(),
                publication.text(),
                publication.texts(),
                publication.attributes(),
                publication.group(),
                deduplicationId,
                sequence,
                scheduler.now());
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<DeliveryAttempts.Due<SnsDelivery>> due(SnsMessage message) {
        return topics.subscriptions(message.topicArn()).stream()
                .filter(Subscription::isConfirmed)
                .filter(subscription -> {
                    var filter = subscription.filter();
                    return filter == null || filter.accepts(message);
                })
                .map(subscription -> new DeliveryAttempts.Due<>(delivery(message, subscription), Duration.ZERO))
                .toList();
    }

    private SnsDelivery delivery(SnsMessage message, Subscription subscription) {
        var raw = subscription.isRaw();
        var body = subscription.protocol().equals("lambda")
                ? envelope.event(message, subscription)
                : raw ? message.text(subscription.protocol()) : envelope.notification(message, subscription);
        return new SnsDelivery(
                message.topicArn(),
                subscription.arn(),
                subscription.protocol(),
                subscription.endpoint(),
                "Notification",
                message.id(),
                body,
                raw,
                raw && subscription.protocol().equals("sqs") ? message.attributes() : Map.of(),
                message.group(),
                message.deduplicationId(),
                subscription.deadLetterArn());
    }

    /// Asks a server whether it wants the messages of a topic.
    void confirm(Subscription subscription, String token) {
        var id = UUID.randomUUID().toString();
        var body = envelope.confirmation(id, subscription, token, scheduler.now());
        var delivery = new SnsDelivery(
                subscription.topicArn(),
                subscription.arn(),
                subscription.protocol(),
                subscription.endpoint(),
                "SubscriptionConfirmation",
                id,
                body,
                false,
                Map.of(),
                null,
                null,
                null);
        attempts.make(List.of(new DeliveryAttempts.Due<>(delivery, Duration.ZERO)));
    }

    private RetryPolicy retries(String subscriptionArn) {
        var subscription = topics.findSubscription(subscriptionArn);
        if (subscription == null) {
            return RetryPolicy.DEFAULT;
        }
        var own = subscription.attributes().get("DeliveryPolicy");
        if (own != null) {
            return RetryPolicy.ofSubscription(own);
        }
        var topic = topics.find(subscription.topicArn());
        var shared = topic == null ? null : topic.attributes().get("DeliveryPolicy");
        return shared == null || shared.isEmpty() ? RetryPolicy.DEFAULT : RetryPolicy.ofTopic(shared);
    }
}
