package dev.baton.lambda.internal.await;

import dev.baton.lambda.internal.await.AwaitObjects.Seen;
import dev.baton.lambda.internal.aws.AsyncInvoker;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.Await;
import dev.baton.run.CallbackEvent;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/// States that begin to wait.
///
/// Whoever registers writes the `awaits` object and *then* looks for the `done` objects; whoever completes a node
/// writes its `done` object and *then* has the awaits looked at. S3 is strongly consistent, so at least one of the two
/// sees both.
public final class Registrations {
    private final AwaitObjects awaits;
    private final WaitingTasks beginnings;
    private final RunState state;
    private final AsyncInvoker invoking;
    private final String callback;
    private final InstantSource time;

    public Registrations(FunctionEnvironment environment, S3Access s3, AsyncInvoker invoking, InstantSource time) {
        this.awaits = new AwaitObjects(s3, environment.stateBucket());
        this.beginnings = new WaitingTasks(awaits, invoking, time);
        this.state = new RunState(s3, environment.stateBucket());
        this.invoking = invoking;
        this.callback = environment.need("BATON_CALLBACK_FUNCTION");
        this.time = time;
    }

    /// A state begins to wait; what it waits to begin may be begun before this returns.
    ///
    /// @param await not yet begun; it replaces what waited under its name, and what that one has begun goes on
    /// @param longest how long what is begun can take
    /// @return whether there was nothing to wait for
    public boolean register(RunReference run, Await await, Duration longest) throws IOException {
        var seen = write(run, await, longest);
        var dones = state.dones(run.pipeline(), run.run());
        var complete = await.own().filter(dones::contains).isPresent();
        var ready = dones.containsAll(await.done());
        if (complete || (ready && await.begin().isEmpty())) {
            // Only the callback function answers tokens.
            invoking.send(callback, new CallbackEvent.Nudge(run.pipeline(), run.run()).toJson());
        } else if (ready) {
            beginnings.begin(seen);
        }
        return complete || ready;
    }

    private Seen write(RunReference run, Await await, Duration longest) {
        var key = StateKeys.await(run.pipeline(), run.run(), await.awaiter());
        while (true) {
            var before = awaits.see(key);
            var written = awaits.write(key, before, before == null ? await : following(before.await(), await, longest));
            if (written != null) {
                return written;
            }
        }
    }

    /// What was begun for the state's last token goes on for the new one; only what is over was an attempt.
    private Await following(Await before, Await await, Duration longest) {
        if (await.begin().isEmpty()) {
            return await;
        }
        var begun = before.begun().orElse(null);
        if (begun == null) {
            return await.after(before.attempt());
        }
        var last =
                begun.at().plusSeconds(Await.MAX_QUEUED_SECONDS).plus(longest).plus(WaitingTasks.LEASE);
        if (begun.failed() || !time.instant().isBefore(last)) {
            return await.after(begun.sent() ? before.attempt() + 1 : before.attempt());
        }
        return await.after(before.attempt()).with(begun);
    }
}
