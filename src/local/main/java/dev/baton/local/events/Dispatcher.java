package dev.baton.local.events;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.AccessDenied;
import dev.baton.local.iam.Caller;
import dev.baton.local.iam.policy.Context;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.sts.RoleSessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Brings deliveries to their targets, tries again what fails, and keeps what it gave up.
final class Dispatcher {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Account account;
    private final RoleSessions sessions;
    private final Lambda lambda;
    private final ExecutionStarter executions;
    private final Scheduler scheduler;
    private final AtomicInteger pending = new AtomicInteger();
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private volatile DeliveryPolicy policy = DeliveryPolicy.PROMPT;

    Dispatcher(
            Account account, RoleSessions sessions, Lambda lambda, ExecutionStarter executions, Scheduler scheduler) {
        this.account = account;
        this.sessions = sessions;
        this.lambda = lambda;
        this.executions = executions;
        this.scheduler = scheduler;
    }

    void policy(DeliveryPolicy newPolicy) {
        policy = newPolicy;
    }

    List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    int pending() {
        return pending.get();
    }

    void deliver(Delivery delivery, Target target) {
        var received = scheduler.now();
        for (var delay : policy.delays(delivery)) {
            pending.incrementAndGet();
            scheduler.at(received.plus(delay), () -> attempt(delivery, target, received, 1));
        }
    }

    private void attempt(Delivery delivery, Target target, Instant received, int attempt) {
        try {
            send(delivery, target);
            pending.decrementAndGet();
        } catch (AccessDenied e) {
            giveUp(delivery, target, "NO_PERMISSIONS", String.valueOf(e.getMessage()), attempt);
        } catch (AwsError e) {
            failed(delivery, target, received, attempt, e);
        } catch (RuntimeException | Error e) {
            giveUp(delivery, target, "SDK_CLIENT_ERROR", String.valueOf(e.getMessage()), attempt);
        }
    }

    private void failed(Delivery delivery, Target target, Instant received, int attempt, AwsError error) {
        var gone = error.code().endsWith("DoesNotExist")
                || error.status() == 404
                || error.code().startsWith("Invalid");
        var pause = Duration.ofSeconds(1L << Math.min(attempt - 1, 9));
        var next = scheduler.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        if (gone || attempt > target.retries() || next.isAfter(received.plus(target.oldest()))) {
            giveUp(delivery, target, error.code(), error.message(), attempt);
        } else {
            scheduler.at(next, () -> attempt(delivery, target, received, attempt + 1));
        }
    }

    private void giveUp(Delivery delivery, Target target, String code, String message, int attempts) {
        deadLetters.add(new DeadLetter(delivery, target.deadLetterArn(), code, message, attempts));
        pending.decrementAndGet();
    }

    private void send(Delivery delivery, Target target) {
        var arn = target.arn();
        var caller = caller(delivery, target);
        var context = context(delivery.ruleArn());
        if (target.isFunction()) {
            var payload = delivery.input().getBytes(StandardCharsets.UTF_8);
            lambda.invokeAsynchronously(caller, arn, null, payload, context);
        } else if (target.isMachine()) {
            executions.start(caller, arn, executionName(delivery), delivery.input(), context);
        } else {
            throw new AwsError(400, "InvalidTarget", "The embedded AWS has no target such as " + arn);
        }
    }

    /// EventBridge names executions after the event and itself; a second delivery has a second name.
    private static String executionName(Delivery delivery) {
        return delivery.eventId() + "_" + UUID.randomUUID();
    }

    private Caller caller(Delivery delivery, Target target) {
        return target.roleArn() == null
                ? Caller.service("events.amazonaws.com", account.region())
                : sessions.assumeAsService(
                                "events.amazonaws.com",
                                target.roleArn(),
                                delivery.eventId().replaceAll("[^\\w+=,.@-]", "-"),
                                context(delivery.ruleArn()))
                        .caller();
    }

    private Context context(String ruleArn) {
        return Context.builder()
                .put("aws:SourceArn", ruleArn)
                .put("aws:SourceAccount", account.id())
                .build();
    }
}
