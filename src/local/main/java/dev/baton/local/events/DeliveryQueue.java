package dev.baton.local.events;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.caller.Caller;
import dev.baton.local.events.DeliveryJournal.Under;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.lambda.Lambda;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings deliveries to their targets, tries again what fails, and keeps what it gave up.
final class DeliveryQueue implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /// In bytes of the heap.
    private static final long MOST_UNDER_WAY = 256 << 20;

    private final Account account;
    private final RoleSessions sessions;
    private final Lambda lambda;
    private final ExecutionStarter executions;
    private final Scheduler scheduler;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong size = new AtomicLong();
    private final DeadLetters deadLetters = new DeadLetters();
    private volatile DeliveryPolicy policy = DeliveryPolicy.PROMPT;
    private volatile @Nullable DeliveryJournal journal;

    /// A delivery that is to be made.
    record Addressed(Delivery delivery, RuleTarget target) {}

    DeliveryQueue(
            Account account, RoleSessions sessions, Lambda lambda, ExecutionStarter executions, Scheduler scheduler) {
        this.account = account;
        this.sessions = sessions;
        this.lambda = lambda;
        this.executions = executions;
        this.scheduler = scheduler;
    }

    /// Keeps what is under way, and what was given up, from now on.
    ///
    /// @param remembers whether a process that ends with deliveries under way leaves them to the next one
    void keep(Path folder, boolean remembers, Consumer<Diagnostic> said) throws IOException {
        LocalDisk.DISK.createFolders(folder);
        deadLetters.keep(folder);
        if (remembers) {
            journal = new DeliveryJournal(folder, said);
        }
    }

    /// Goes on with what was under way when the process before ended.
    void resume() {
        var kept = journal;
        if (kept != null) {
            kept.open().forEach(under -> {
                taken(under);
                schedule(under);
            });
        }
    }

    void policy(DeliveryPolicy newPolicy) {
        policy = newPolicy;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.all();
    }

    int pending() {
        return pending.get();
    }

    /// Makes deliveries of one event. They are on the disk, where that is kept, when this returns.
    void deliver(List<Addressed> all) {
        var received = scheduler.now();
        var due = new ArrayList<Under>();
        for (var addressed : all) {
            for (var delay : policy.delays(addressed.delivery())) {
                begin(addressed, received, received.plus(delay)).ifPresent(due::add);
            }
        }
        var kept = journal;
        if (kept != null && !due.isEmpty()) {
            kept.await();
        }
        due.forEach(this::schedule);
    }

    private Optional<Under> begin(Addressed addressed, Instant received, Instant next) {
        var delivery = addressed.delivery();
        var target = addressed.target();
        if (size.get() > MOST_UNDER_WAY) {
            add(delivery, target, "TOO_MANY_EVENTS", "More than 256 MB of events are under way.", 0);
            return Optional.empty();
        }
        var kept = journal;
        var under = kept == null
                ? new Under(0, delivery, target, received, 1, next)
                : kept.begin(delivery, target, received, next);
        taken(under);
        return Optional.of(under);
    }

    private void taken(Under under) {
        pending.incrementAndGet();
        size.addAndGet(sizeOf(under));
    }

    /// About what it takes on the heap: the event as an object, and its text.
    private static long sizeOf(Under under) {
        return 512 + 4L * under.delivery().input().length();
    }

    private void schedule(Under under) {
        scheduler.at(under.next(), () -> attempt(under));
    }

    private void attempt(Under under) {
        try {
            send(under);
        } catch (AccessDenied e) {
            giveUp(under, "NO_PERMISSIONS", String.valueOf(e.getMessage()));
        } catch (AwsError e) {
            failed(under, e);
        } catch (RuntimeException | Error e) {
            giveUp(under, "SDK_CLIENT_ERROR", String.valueOf(e.getMessage()));
        }
    }

    private void failed(Under under, AwsError error) {
        var gone = error.code().endsWith("DoesNotExist")
                || error.status() == 404
                || error.code().startsWith("Invalid");
        int attempt = under.attempt();
        var target = under.target();
        var pause = Duration.ofSeconds(1L << Math.min(attempt - 1, 9));
        var next = scheduler.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        if (gone || attempt > target.retries() || next.isAfter(under.received().plus(target.oldest()))) {
            giveUp(under, error.code(), error.message());
            return;
        }
        var kept = journal;
        schedule(
                kept == null
                        ? new Under(0, under.delivery(), target, under.received(), attempt + 1, next)
                        : kept.again(under, next));
    }

    private void giveUp(Under under, String code, String message) {
        add(under.delivery(), under.target(), code, message, under.attempt());
        end(under);
    }

    private void add(Delivery delivery, RuleTarget target, String code, String message, int attempts) {
        deadLetters.add(new DeadLetter(delivery, target.deadLetterArn(), code, message, attempts), scheduler.now());
    }

    private void end(Under under) {
        var kept = journal;
        if (kept != null) {
            kept.end(under);
        }
        size.addAndGet(-sizeOf(under));
        pending.decrementAndGet();
    }

    /// A function's has ended when the function has: what Lambda has queued is in no file.
    private void send(Under under) {
        var delivery = under.delivery();
        var target = under.target();
        var arn = target.arn();
        var caller = caller(delivery, target);
        var context = context(delivery.ruleArn());
        if (target.isFunction()) {
            var payload = delivery.input().getBytes(StandardCharsets.UTF_8);
            lambda.invokeAsynchronously(caller, arn, null, payload, context, () -> end(under));
        } else if (target.isMachine()) {
            executions.start(caller, arn, executionName(delivery), delivery.input(), context);
            end(under);
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
        var kept = journal;
        if (kept != null) {
            kept.close();
        }
    }
}
