package dev.baton.local.events;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.delivery.DeliveryAttempts;
import dev.baton.local.delivery.DeliveryJournal;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.sns.Sns;
import dev.baton.local.sqs.MessageAttribute;
import dev.baton.local.sqs.NewMessage;
import dev.baton.local.sqs.Queues;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings events to the targets of rules, tries again what fails, and keeps what it gave up.
final class DeliveryQueue implements DeliveryAttempts.Courier<DeliveryQueue.Addressed>, AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Account account;
    private final RoleSessions sessions;
    private final Authorizer authorizer;
    private final Lambda lambda;
    private final Sns sns;
    private final Queues queues;
    private final ExecutionStarter executions;
    private final ApiDestinations destinations;
    private final Scheduler scheduler;
    private final DeliveryAttempts<Addressed> attempts;
    private final DeadLetters deadLetters = new DeadLetters();
    private volatile DeliveryPolicy policy = DeliveryPolicy.PROMPT;

    /// A delivery that is to be made.
    record Addressed(Delivery delivery, RuleTarget target) {
        Map<String, @Nullable Object> toJson() {
            return JsonAnswer.of(
                    "event",
                    delivery.event(),
                    "rule",
                    delivery.ruleArn(),
                    "target",
                    target.json(),
                    "input",
                    delivery.input());
        }

        static Addressed of(StoredJson json) {
            var target = RuleTarget.of(json.json("target"));
            return new Addressed(
                    new Delivery(json.json("event"), json.text("rule"), target.arn(), target.id(), json.text("input")),
                    target);
        }
    }

    DeliveryQueue(
            Foundation foundation,
            Lambda lambda,
            Sns sns,
            Queues queues,
            ExecutionStarter executions,
            ApiDestinations destinations) {
        this.account = foundation.account();
        this.sessions = foundation.sessions();
        this.authorizer = foundation.authorizer();
        this.lambda = lambda;
        this.sns = sns;
        this.queues = queues;
        this.executions = executions;
        this.destinations = destinations;
        this.scheduler = foundation.scheduler();
        this.attempts = new DeliveryAttempts<>(scheduler, this);
    }

    /// Keeps what is under way, and what was given up, from now on.
    ///
    /// @param remembers whether a process that ends with deliveries under way leaves them to the next one
    void keep(Path folder, boolean remembers, Consumer<Diagnostic> said) throws IOException {
        LocalDisk.DISK.createFolders(folder);
        deadLetters.keep(folder);
        if (remembers) {
            attempts.keep(journal(folder, said));
        }
    }

    static DeliveryJournal<Addressed> journal(Path folder, Consumer<Diagnostic> said) throws IOException {
        return new DeliveryJournal<>(folder, Addressed::toJson, Addressed::of, said);
    }

    /// Goes on with what was under way when the process before ended.
    void resume() {
        attempts.resume();
    }

    void policy(DeliveryPolicy newPolicy) {
        policy = newPolicy;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.all();
    }

    int pending() {
        return attempts.pending();
    }

    /// Makes deliveries of one event. They are on the disk, where that is kept, when this returns.
    void deliver(List<Addressed> all) {
        attempts.make(all.stream()
                .flatMap(addressed -> policy.delays(addressed.delivery()).stream()
                        .map(delay -> new DeliveryAttempts.Due<>(addressed, delay)))
                .toList());
    }

    /// The event as an object, and its text.
    @Override
    public long size(Addressed addressed) {
        return 512 + 4L * addressed.delivery().input().length();
    }

    @Override
    public @Nullable Duration pause(Addressed addressed, int attempt, Duration age, AwsError error) {
        var target = addressed.target();
        var gone = target.isApiDestination()
                ? !ApiDestinations.isRetried(error.status())
                : error.code().endsWith("DoesNotExist")
                        || error.status() == 404
                        || error.code().startsWith("Invalid");
        var pause = Duration.ofSeconds(1L << Math.min(attempt - 1, 9));
        var asked = ApiDestinations.askedFor(error);
        var usual = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        var bounded = asked.compareTo(usual) > 0 ? asked : usual;
        return gone || attempt > target.retries() || age.plus(bounded).compareTo(target.oldest()) > 0 ? null : bounded;
    }

    @Override
    public void givenUp(Addressed addressed, String code, String message, int attempts) {
        var letter = new DeadLetter(addressed.delivery(), addressed.target().deadLetterArn(), code, message, attempts);
        deadLetters.add(letter, scheduler.now());
        if (!letter.queueArn().isEmpty()) {
            send(letter);
        }
    }

    /// To its queue, which lets EventBridge in or keeps it out; it is told of elsewhere in any case.
    private void send(DeadLetter letter) {
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        attributes.put("RULE_ARN", MessageAttribute.text(letter.delivery().ruleArn()));
        attributes.put("TARGET_ARN", MessageAttribute.text(letter.delivery().targetArn()));
        attributes.put("ERROR_CODE", MessageAttribute.text(letter.errorCode()));
        attributes.put("ERROR_MESSAGE", MessageAttribute.text(letter.errorMessage()));
        attributes.put("RETRY_ATTEMPTS", new MessageAttribute("Number", Integer.toString(letter.attempts() - 1)));
        var message = NewMessage.of(Json.print(letter.delivery().event())).with(attributes);
        try {
            queues.notify("events.amazonaws.com", letter.delivery().ruleArn(), letter.queueArn(), message);
        } catch (ServiceRefusal e) {
            LOG.log(Logger.Level.WARNING, () -> "a dead letter cannot be sent to " + letter.queueArn(), e);
        }
    }

    /// A function's has ended when the function has: what Lambda has queued is in no file.
    @Override
    public void send(Addressed addressed, DeliveryAttempts.Attempt attempt) {
        var delivery = addressed.delivery();
        var target = addressed.target();
        var arn = target.arn();
        var caller = caller(delivery, target);
        var context = context(delivery.ruleArn());
        if (target.isFunction()) {
            var payload = delivery.input().getBytes(StandardCharsets.UTF_8);
            lambda.invokeAsynchronously(caller, arn, null, payload, context, attempt::done);
        } else if (target.isTopic()) {
            sns.publish(caller, arn, Map.of("Message", delivery.input()), context);
            attempt.done();
        } else if (target.isQueue()) {
            queues.send(caller, arn, NewMessage.of(delivery.input()).in(target.messageGroup(), null), context);
            attempt.done();
        } else if (target.isApiDestination()) {
            authorizer.require(caller, "events:InvokeApiDestination", arn, context);
            destinations.send(target, delivery.input(), attempt);
        } else if (target.isMachine()) {
            executions.start(caller, arn, executionName(delivery), delivery.input(), context);
            attempt.done();
        } else {
            throw new AwsError(400, "InvalidTarget", "The embedded AWS has no target such as " + arn);
        }
    }

    /// EventBridge names executions after the event and itself; a second delivery has a second name.
    private static String executionName(Delivery delivery) {
        return delivery.eventId() + "_" + UUID.randomUUID();
    }

    private Caller caller(Delivery delivery, RuleTarget target) {
        return target.roleArn() == null
                ? Caller.service("events.amazonaws.com", account.region())
                : sessions.assumeAsService(
                                "events.amazonaws.com",
                                target.roleArn(),
                                delivery.eventId().replaceAll("[^\\w+=,.@-]", "-"),
                                context(delivery.ruleArn()))
                        .caller();
    }

    private RequestContext context(String ruleArn) {
        return RequestContext.builder()
                .put("aws:SourceArn", ruleArn)
                .put("aws:SourceAccount", account.id())
                .build();
    }

    @Override
    public void close() {
        attempts.close();
    }
}
