package dev.baton.lambda.internal.await;

import dev.baton.lambda.internal.await.AwaitObjects.Seen;
import dev.baton.lambda.internal.aws.AsyncInvoker;
import dev.baton.run.Await;
import dev.baton.run.AwaitInvocation;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins the tasks that waited.
///
/// Who begins one first writes into its await that he is about to, and only one can; then he invokes its function, and
/// then writes that he did. If he dies in between, another may begin it again after a while: so a task is begun at
/// least once, and hardly ever twice.
final class WaitingTasks {
    /// The longest time that whoever undertook it may need: no function of Baton's own lives longer.
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(WaitingTasks.class);

    private final AwaitObjects awaits;
    private final AsyncInvoker invoking;
    private final InstantSource time;

    WaitingTasks(AwaitObjects awaits, AsyncInvoker invoking, InstantSource time) {
        this.awaits = awaits;
        this.invoking = invoking;
        this.time = time;
    }

    /// Begins what an await waited to begin, unless somebody else has or is about to.
    ///
    /// @return whether this call did it
    /// @throws IOException when Lambda has not surely taken it: it is to be tried again after a while
    boolean begin(Seen seen) throws IOException {
        var await = seen.await();
        var begin = await.begin().orElseThrow();
        if (isBegun(await)) {
            return false;
        }
        var undertaken =
                awaits.write(seen.key(), seen, await.with(new Await.Begun(time.instant(), await.token(), false)));
        if (undertaken == null) {
            return false;
        }
        invoking.send(begin.function(), event(begin, await));
        LOG.atInfo().addKeyValue("awaiter", await.awaiter()).log("begun");
        // If it has changed meanwhile, its state registered anew or its result is there already.
        awaits.write(seen.key(), undertaken, await.with(new Await.Begun(time.instant(), await.token(), true)));
        return true;
    }

    /// Whether somebody has begun it or is about to.
    boolean isBegun(Await await) {
        return await.begun()
                .filter(begun ->
                        begun.sent() || time.instant().isBefore(begun.at().plus(LEASE)))
                .isPresent();
    }

    /// The task's invocation, which of its attempts it is, and what its result has to bring back.
    private static Map<String, @Nullable Object> event(AwaitInvocation.Begin begin, Await await) {
        var back = new LinkedHashMap<String, @Nullable Object>();
        back.put("awaiter", await.awaiter());
        back.put("token", await.token());
        var event = new LinkedHashMap<>(begin.event());
        event.put("attempt", (long) await.attempt());
        event.put("await", back);
        return event;
    }
}
