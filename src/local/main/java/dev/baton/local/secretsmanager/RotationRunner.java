package dev.baton.local.secretsmanager;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.Lambda;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The runner of rotations: calls the function of a secret when it is time, step by step, and goes on after a
/// restart where a rotation was under way.
///
/// A step that fails has the rotation tried again from its first step, a minute later and then two; after that it waits
/// for the next one. See [How rotation
/// works](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html).
final class RotationRunner {
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final int ATTEMPTS = 3;

    private final SecretVault vault;
    private final Lambda lambda;
    private final Scheduler scheduler;
    private final Map<String, Scheduler.Alarm> alarms = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    /// @param scheduler whose time rotations are due by
    RotationRunner(SecretVault vault, Lambda lambda, Scheduler scheduler) {
        this.vault = vault;
        this.lambda = lambda;
        this.scheduler = scheduler;
    }

    /// How many call their functions now.
    int size() {
        return threads.size();
    }

    /// What could not be rotated, a sentence each.
    List<String> failures() {
        return List.copyOf(failures);
    }

    /// Takes up what was under way, and what became due while nobody ran it.
    void resume() {
        for (var secret : vault.all()) {
            var rotation = secret.rotation();
            if (rotation != null && rotation.underWay() != null && !secret.isDeleted()) {
                start(secret.arn(), rotation.underWay(), 1);
            } else {
                arm(secret);
            }
        }
    }

    /// Has the next rotation of a secret come at its time, and no other.
    void arm(StoredSecret secret) {
        disarm(secret);
        var rotation = secret.rotation();
        var next = rotation == null || secret.isDeleted() ? null : rotation.next();
        if (next != null && !isClosed) {
            alarms.put(secret.arn(), scheduler.at(next, () -> due(secret.arn())));
        }
    }

    void disarm(StoredSecret secret) {
        var alarm = alarms.remove(secret.arn());
        if (alarm != null) {
            alarm.cancel();
        }
    }

    private void due(String arn) {
        var secret = vault.find(arn);
        var rotation = secret == null ? null : secret.rotation();
        if (secret != null && rotation != null && !secret.isDeleted() && rotation.underWay() == null) {
            var pending = incomplete(secret);
            begin(secret, pending == null ? UUID.randomUUID().toString() : pending.id());
        }
    }

    /// The version that an earlier rotation announced and did not finish.
    static @Nullable SecretVersion incomplete(StoredSecret secret) {
        var pending = secret.staged(SecretVersion.PENDING);
        return pending == null || pending.stages().contains(SecretVersion.CURRENT) ? null : pending;
    }

    /// Announces a version and has the function make it. What is announced is kept before the function is called.
    void begin(StoredSecret secret, String version) {
        vault.change(secret, current -> {
            var announced = current.version(version) == null
                    ? current.with(new SecretVersion(version, vault.now(), null, List.<String>of()))
                            .staging(SecretVersion.PENDING, version)
                    : current;
            var rotation = announced.rotation();
            return rotation == null ? announced : announced.rotating(rotation.making(version));
        });
        vault.save();
        disarm(secret);
        start(secret.arn(), version, 1);
    }

    private void start(String arn, String version, int attempt) {
        run("rotation-of-" + arn, () -> rotate(arn, version, attempt));
    }

    /// A rotation waits for its functions, on a virtual thread.
    private void run(String name, Runnable work) {
        if (isClosed) {
            return;
        }
        var thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void rotate(String arn, String version, int attempt) {
        for (var step : STEPS) {
            var secret = vault.find(arn);
            var rotation = secret == null ? null : secret.rotation();
            if (secret == null || rotation == null || secret.isDeleted() || !version.equals(rotation.underWay())) {
                return;
            }
            var problem = call(rotation.function(), step, arn, version);
            if (isClosed) {
                return;
            }
            if (problem != null) {
                failed(secret, version, attempt, step + ": " + problem);
                return;
            }
        }
        ended(arn, version, attempt);
    }

    private void ended(String arn, String version, int attempt) {
        var secret = vault.find(arn);
        if (secret == null) {
            return;
        }
        var current = secret.staged(SecretVersion.CURRENT);
        if (current == null || !current.id().equals(version)) {
            failed(secret, version, attempt, "finishSecret did not move AWSCURRENT to version " + version);
            return;
        }
        settle(secret, true);
    }

    private void failed(StoredSecret secret, String version, int attempt, String problem) {
        failures.add(secret.name() + " could not be rotated: " + problem);
        if (attempt < ATTEMPTS) {
            scheduler.at(
                    scheduler.now().plus(Duration.ofMinutes(attempt)), () -> start(secret.arn(), version, attempt + 1));
        } else {
            settle(secret, false);
        }
    }

    private void settle(StoredSecret secret, boolean succeeded) {
        var now = scheduler.now();
        var settled = vault.change(secret, current -> {
            var rotation = current.rotation();
            var next = rotation == null
                    ? current
                    : current.rotating(rotation.making(null).since(now));
            return succeeded ? next.at(dates -> dates.rotatedAt(vault.now())) : next;
        });
        vault.save();
        arm(settled);
    }

    /// Whether the function lets Secrets Manager call it for the secret; not where it is not there.
    boolean mayCall(String function, StoredSecret secret) {
        try {
            return lambda.mayInvoke(vault.service(), function, source(secret.arn()));
        } catch (ServiceRefusal e) {
            return false;
        }
    }

    private RequestContext source(String arn) {
        return RequestContext.builder()
                .put("aws:SourceArn", arn)
                .put("aws:SourceAccount", vault.account().id())
                .build();
    }

    /// @return what kept the step from being done, or null
    private @Nullable String call(String function, String step, String arn, String version) {
        var event = Json.bytes(Map.of("Step", step, "SecretId", arn, "ClientRequestToken", version));
        try {
            var result = lambda.invoke(vault.service(), function, null, event, source(arn));
            return result.failed() ? new String(result.payload(), StandardCharsets.UTF_8) : null;
        } catch (ServiceRefusal e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Tries the function's testSecret on a version that is there for it alone, where a rotation begins later.
    void test(StoredSecret secret, String function) {
        var version = UUID.randomUUID().toString();
        if (incomplete(secret) != null) {
            return;
        }
        vault.change(
                secret,
                current -> current.with(new SecretVersion(version, vault.now(), null, List.of(SecretVersion.PENDING))));
        run("test-of-" + secret.arn(), () -> {
            var problem = call(function, "testSecret", secret.arn(), version);
            if (problem != null) {
                failures.add(secret.name() + " could not be tested: " + problem);
            }
            var there = vault.find(secret.arn());
            if (there != null) {
                vault.change(there, current -> current.without(version));
                vault.save();
            }
        });
    }

    void close() {
        isClosed = true;
        alarms.values().forEach(Scheduler.Alarm::cancel);
        alarms.clear();
        threads.forEach(Thread::interrupt);
    }
}
