package dev.baton.lambda.internal.await;

import dev.baton.json.Json;
import dev.baton.lambda.internal.await.AwaitObjects.Seen;
import dev.baton.lambda.internal.aws.AsyncInvoker;
import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.Await;
import dev.baton.run.CallbackEvent;
import dev.baton.run.InvocationEnd;
import dev.baton.run.StateKeys;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The states of runs that wait for nodes, and their release.
///
/// An await goes through three forms: it waits; what waited is begun; it is answered and gone. Where what was begun has
/// failed it stays, for the state to wait again: so it is known how often the task ran. Whatever happens twice or
/// too late finds the await in a later form, or its token spent, and changes nothing.
public final class Awaits {
    private final AwaitObjects awaits;
    private final WaitingTasks beginnings;
    private final RunState state;
    private final TaskTokenAnswers tokens;

    public Awaits(S3Access s3, String bucket, AsyncInvoker invoking, SfnClient sfn, InstantSource time) {
        this.awaits = new AwaitObjects(s3, bucket);
        this.beginnings = new WaitingTasks(awaits, invoking, time);
        this.state = new RunState(s3, bucket);
        this.tokens = new TaskTokenAnswers(sfn);
    }

    /// Begins or answers everything in a run whose nodes are all complete.
    ///
    /// @return how many this call did
    /// @throws IOException when something could not be begun; everything else was looked at all the same
    public int wake(String pipeline, String run) throws IOException {
        var waiting = awaits.list(pipeline, run);
        if (waiting.isEmpty()) {
            return 0;
        }
        var dones = state.dones(pipeline, run);
        var released = ConcurrentCalls.map(awaits.see(waiting), seen -> release(seen, dones));
        var problem = released.stream().flatMap(one -> one.problem().stream()).findFirst();
        if (problem.isPresent()) {
            throw problem.get();
        }
        return (int) released.stream().filter(Released::did).count();
    }

    /// The result of one await.
    ///
    /// @param did whether this call began or answered it
    private record Released(boolean did, Optional<IOException> problem) {}

    /// One that fails does not keep the others from being looked at.
    private Released release(Seen seen, Set<String> dones) {
        try {
            return new Released(isReleased(seen, dones), Optional.empty());
        } catch (IOException e) {
            return new Released(false, Optional.of(e));
        }
    }

    private boolean isReleased(Seen seen, Set<String> dones) throws IOException {
        var await = seen.await();
        var own = await.own().filter(dones::contains).map(state::done);
        if (own.isPresent()) {
            // Its own completion is there: the result, should it have got lost on its way.
            return answer(seen, new InvocationEnd.Succeeded(Json.print(own.get().toJson())));
        }
        if (!dones.containsAll(await.done())) {
            return false;
        }
        if (await.begin().isEmpty()) {
            return answer(seen, new InvocationEnd.Succeeded("{}"));
        }
        if (beginnings.isBegun(await)) {
            return false;
        }
        if (!tokens.waits(await.token())) {
            // Nothing is begun for an execution that is over.
            awaits.remove(seen);
            return false;
        }
        return beginnings.begin(seen);
    }

    private boolean answer(Seen seen, InvocationEnd ending) {
        var answered = tokens.answer(seen.await().awaiter(), seen.await().token(), ending);
        // If it has changed meanwhile, its state registered anew and looks for itself.
        awaits.remove(seen);
        return answered;
    }

    /// Takes note that what was begun has ended. If its state has waited with a new token meanwhile, that one is
    /// answered.
    ///
    /// @return whether a state was answered
    public boolean end(CallbackEvent.Ended ended) {
        var key = StateKeys.await(ended.run().pipeline(), ended.run().run(), ended.awaiter());
        while (true) {
            var seen = awaits.see(key);
            if (seen == null || !begunWith(seen, ended.token())) {
                return tokens.answer(ended.awaiter(), ended.token(), ended.ending());
            }
            switch (ended.ending()) {
                case InvocationEnd.Succeeded succeeded -> {
                    var answered = tokens.answer(ended.awaiter(), seen.await().token(), succeeded);
                    if (awaits.remove(seen)) {
                        return answered;
                    }
                }
                case InvocationEnd.Failed failed -> {
                    // Over before the state tries again: or the new attempt would take the failed one for still going
                    // on.
                    if (awaits.write(seen.key(), seen, over(seen.await())) != null) {
                        return tokens.answer(ended.awaiter(), seen.await().token(), failed);
                    }
                }
            }
        }
    }

    private static Await over(Await await) {
        return await.with(await.begun().orElseThrow().over());
    }

    private static boolean begunWith(Seen seen, @Nullable String token) {
        return seen.await()
                .begun()
                .filter(begun -> !begun.failed() && begun.token().equals(token))
                .isPresent();
    }
}
