package dev.baton.engine.internal.execute;

import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.execute.ThreadPhase.Event;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.prepare.Catchers;
import dev.baton.engine.internal.prepare.MapRunPlan;
import dev.baton.engine.internal.prepare.PreparedGraph;
import dev.baton.engine.internal.prepare.PreparedState;
import dev.baton.engine.internal.prepare.StateRunner;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.FieldScope.Surroundings;
import dev.baton.engine.internal.query.StateDataFlow.Exit;
import dev.baton.engine.internal.query.Variables;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of states that run after one another: the execution's own, a branch of a Parallel, an iteration of a Map.
///
/// It runs in a loop until it has to wait; what ends the wait puts it back into its run's queue. Only the thread that
/// drives the run touches it.
public final class StateThread extends StateRunner {
    private final LiveExecution run;
    private final Owner owner;
    private final int index;
    private final PreparedGraph graph;
    private final Surroundings surroundings;
    private final List<Integer> iterations;
    private final StateVisits visits = new StateVisits();

    private PreparedState state;
    private @Nullable Object input;
    /// The last value that was found to be within the payload limit; passing it on needs no new measuring.
    private @Nullable Object measured;
    private boolean entered;
    private int enteredId;
    private int enteredAfter;
    private int lastEventId;
    private int[] retriesUsed;
    private ThreadPhase phase = ThreadPhase.READY;
    private @Nullable PendingWork pending;
    private @Nullable Resumption resumption;

    /// The one that waits for a state thread's end.
    public interface Owner {
        void succeeded(StateThread thread, @Nullable Object output);

        /// @param cause as the service words it
        void failed(StateThread thread, @Nullable String error, @Nullable String cause);
    }

    /// The end of a wait.
    private sealed interface Resumption {
        record Result(@Nullable Object value) implements Resumption {}

        record Failed(StateFailure failure) implements Resumption {}

        record Again() implements Resumption {
            static final Again AGAIN = new Again();
        }
    }

    public StateThread(
            LiveExecution run,
            Owner owner,
            int index,
            PreparedGraph graph,
            ContextObject context,
            Variables variables,
            List<Integer> iterations,
            @Nullable Object input,
            int lastEventId) {
        this.run = run;
        this.owner = owner;
        this.index = index;
        this.graph = graph;
        this.surroundings = new Surroundings(context, variables, run.random(), run.jsonata(), null);
        this.iterations = iterations;
        this.state = graph.start();
        this.retriesUsed = state.retriers().counts();
        this.input = input;
        this.measured = input;
        this.lastEventId = lastEventId;
    }

    /// The index of the branch or iteration.
    public int index() {
        return index;
    }

    public LiveExecution run() {
        return run;
    }

    @Override
    public @Nullable Object input() {
        return input;
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public @Nullable String roleArn() {
        return run.request().roleArn();
    }

    @Override
    public Instant now() {
        return run.inbox().now();
    }

    @Override
    public String taskToken(TaskResource called) {
        return run.inbox().taskToken(called);
    }

    public List<Integer> iterations() {
        return iterations;
    }

    public int lastEventId() {
        return lastEventId;
    }

    /// Lets the next event follow another one than the last of this state thread.
    public void follow(int eventId) {
        lastEventId = eventId;
    }

    /// Adds an event to the history that follows this state thread's last one.
    public int record(EventType type, EventDetails details) {
        lastEventId = run.record(lastEventId, type, details);
        return lastEventId;
    }

    ThreadPhase phase() {
        return phase;
    }

    /// Nothing else changes the phase.
    private void move(ThreadPhase.Event event) {
        phase = phase.after(event);
    }

    /// Runs until it waits or ends.
    void advance() {
        while (phase == ThreadPhase.READY) {
            try {
                turn();
            } catch (StateFailure failure) {
                failInTurn(failure);
            } catch (Error e) {
                if (!phase.allows(Event.ABORT)) {
                    throw e;
                }
                // Memory or stack at their end, or a class that is not there, end this execution and nothing else.
                failInTurn(StateFailure.runtime("The state could not go on: " + e));
            }
        }
    }

    private void failInTurn(StateFailure failure) {
        if (phase == ThreadPhase.WAITING && pending != null) {
            // What its state has begun does not go on without it.
            pending.cancel();
            resumeFailed(failure);
        } else {
            fail(failure);
        }
    }

    private void turn() {
        var resumed = resumption;
        resumption = null;
        switch (resumed) {
            case null -> {
                if (!entered && run.endsHere()) {
                    return;
                }
                enter();
                state.run(this);
            }
            case Resumption.Result result -> state.resume(this, result.value());
            case Resumption.Failed failed -> throw failed.failure();
            case Resumption.Again again -> state.run(this);
        }
    }

    private void enter() {
        if (entered) {
            return;
        }
        entered = true;
        visits.enter(state);
        var kind = state.kind();
        enteredAfter = lastEventId;
        enteredId = record(kind.entered(), new EventDetails.StateEntered(state.name(), input));
        surroundings.context().enter(state.name(), run.inbox().millis(), kind.isRetriable());
        retriesUsed = state.retriers().counts();
    }

    @Override
    public void mapStarted(int items) {
        record(EventType.MapStateStarted, new EventDetails.MapStateStarted(items));
    }

    @Override
    public void waitUntil(Instant moment, @Nullable Object result) {
        var alarm = run.inbox().at(moment, () -> resume(result));
        await(alarm::cancel);
    }

    @Override
    public void call(TaskCall call) {
        var context = surroundings.context();
        var invocation = new TaskStateInvocation(
                run.arn(),
                call.name(),
                call.resource(),
                call.parameters(),
                call.credentials(),
                roleArn(),
                call.token(),
                context.value(),
                call.timeoutSeconds(),
                call.heartbeatSeconds(),
                visits.of(state),
                context.retryCount(),
                iterations);
        new Attempt(this, invocation).begin();
    }

    @Override
    public void fork(List<PreparedGraph> branches, @Nullable Object forAll) {
        ParallelFork.start(this, branches, forAll);
    }

    @Override
    public void iterate(Iterations over) {
        MapFork.start(this, over);
    }

    @Override
    public void startMapRun(MapRunPlan plan, MapRunStart start) {
        run.services().mapRunStarter().start(this, plan, start);
    }

    @Override
    public void leave(Exit exit, @Nullable PreparedState next) {
        var output = exit.output();
        if (output != measured) {
            if (PayloadLimit.exceeds(output)) {
                throw StateFailure.tooLarge(state.name());
            }
            measured = output;
        }
        var assigned = exit.assigned();
        if (assigned != null) {
            surroundings.variables().assign(assigned);
        }
        var exited = state.kind().exited();
        if (exited != null) {
            record(
                    exited,
                    new EventDetails.StateExited(
                            state.name(), output, assigned == null || assigned.isEmpty() ? null : assigned));
        }
        pending = null;
        if (next == null) {
            move(Event.SUCCEED);
            owner.succeeded(this, output);
        } else {
            state = next;
            input = output;
            entered = false;
        }
    }

    /// Waits until one of the `resume` methods is called.
    public void await(PendingWork awaited) {
        move(Event.AWAIT);
        pending = awaited;
    }

    /// Ends the wait with the result that it brought.
    public void resume(@Nullable Object result) {
        pending = null;
        resume(new Resumption.Result(result));
    }

    /// Ends the wait with a failure. What was waited for stays, since a redrive may go on with it.
    public void resumeFailed(StateFailure failure) {
        resume(new Resumption.Failed(failure));
    }

    private void resume(@Nullable Resumption how) {
        move(Event.RESUME);
        resumption = how;
        run.ready(this);
    }

    private void fail(StateFailure failure) {
        var error = failure.error();
        var cause = failure.cause(state.name(), enteredId);
        if (failure.isFatal()) {
            move(Event.FAIL);
            run.failAtOnce(this, error, cause);
            return;
        }
        if (failure.isOfQuery()) {
            recordEvaluationFailed(failure, cause);
        }
        var delay = state.retriers().delay(failure, retriesUsed, run.random());
        if (delay != null) {
            retryAfter(delay);
            return;
        }
        var before = lastEventId;
        recordFailed();
        var catcher = state.catchers().find(failure);
        if (catcher != null) {
            caught(catcher, error, cause, before);
            return;
        }
        move(Event.FAIL);
        owner.failed(this, error, cause);
    }

    /// A query that fails as soon as the state is entered follows what its entering follows, as the service tells it.
    private void recordEvaluationFailed(StateFailure failure, @Nullable String cause) {
        if (lastEventId == enteredId && failure.kind() == StateFailure.Kind.EVALUATION) {
            lastEventId = enteredAfter;
        }
        record(
                EventType.EvaluationFailed,
                new EventDetails.EvaluationFailed(
                        String.valueOf(failure.error()), cause, failure.location(), state.name()));
    }

    private void recordFailed() {
        var failed = state.kind().failed();
        if (failed != null) {
            record(failed, EventDetails.None.NONE);
        }
    }

    private void retryAfter(Duration delay) {
        var context = surroundings.context();
        context.retry(context.retryCount() + 1);
        var alarm = run.inbox().alarm(delay, () -> resume(Resumption.Again.AGAIN));
        await(alarm::cancel);
    }

    /// Leaves by a catcher; the catcher's own failure is the state's, which then fails once more.
    ///
    /// @param before the last event before the state failed
    private void caught(Catchers.Entry catcher, @Nullable String error, @Nullable String cause, int before) {
        try {
            leave(catcher.exit(surroundings, input, error, cause), graph.state(catcher.next()));
        } catch (StateFailure failure) {
            var own = failure.cause(state.name(), enteredId);
            move(Event.FAIL);
            if (failure.isFatal()) {
                run.failAtOnce(this, failure.error(), own);
                return;
            }
            if (failure.isOfQuery()) {
                lastEventId = before;
                recordEvaluationFailed(failure, own);
                recordFailed();
            }
            owner.failed(this, failure.error(), own);
        }
    }

    /// Ends the state thread without a result, and tells the history so.
    public void abort() {
        if (phase.allows(Event.ABORT)) {
            move(Event.ABORT);
            if (pending != null) {
                pending.abort();
            }
            recordAborted();
        }
    }

    /// Ends the state thread silently, where the execution is over already.
    public void cancel() {
        if (phase.allows(Event.ABORT)) {
            move(Event.ABORT);
            if (pending != null) {
                pending.cancel();
            }
        }
    }

    /// Tells the history that the current state did not come to its end, where it is of a kind that is told.
    public void recordAborted() {
        var aborted = state.kind().aborted();
        if (entered && aborted != null) {
            record(aborted, EventDetails.None.NONE);
        }
    }

    /// The state that the state thread was in when it failed waits for nothing any more, or for what can be redriven.
    public boolean isRedrivable() {
        return phase.allows(Event.REDRIVE);
    }

    /// Runs on from the state that failed or was aborted.
    ///
    /// @param followed the event that the next one follows
    public void redrive(int followed) {
        move(Event.REDRIVE);
        lastEventId = followed;
        retriesUsed = state.retriers().counts();
        surroundings.context().retry(0);
        if (pending == null || !pending.redrive()) {
            pending = null;
            resume(entered ? Resumption.Again.AGAIN : null);
        }
    }
}
