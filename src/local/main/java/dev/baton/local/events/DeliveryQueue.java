package dev.baton.local.events;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.delivery.DeliveryAttempts;
import dev.baton.local.delivery.DeliveryJournal;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.sns.Sns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings events to the targets of rules, tries again what fails, and keeps what it gave up.
final class DeliveryQueue implements DeliveryAttempts.Courier<DeliveryQueue.Addressed>, AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Account account;
    private final RoleSessions sessions;
    private final Lambda lambda;
    private final Sns sns;
    private final ExecutionStarter executions;
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
            Account account,
            RoleSessions sessions,
            Lambda lambda,
            Sns sns,
            ExecutionStarter executions,
            Scheduler scheduler) {
        this.account = account;
        this.sessions = sessions;
        this.lambda = lambda;
        this.sns = sns;
        this.executions = executions;
        this.scheduler = scheduler;
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
        var gone = error.code().endsWith("DoesNotExist")
                || error.status() == 404
                || error.code().startsWith("Invalid");
        var target = addressed.target();
        var pause = Duration.ofSeconds(1L << Math.min(attempt - 1, 9));
        var bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        return gone || attempt > target.retries() || age.plus(bounded).compareTo(target.oldest()) > 0 ? null : bounded;
    }

    @Override
    public void givenUp(Addressed addressed, String code, String message, int attempts) {
        deadLetters.add(
                new DeadLetter(addressed.delivery(), addressed.target().deadLetterArn(), code, message, attempts),
                scheduler.now());
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
