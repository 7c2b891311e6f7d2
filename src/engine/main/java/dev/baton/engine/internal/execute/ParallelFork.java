package dev.baton.engine.internal.execute;

import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.prepare.PreparedGraph;
import dev.baton.engine.internal.query.Variables;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The branches of a Parallel state while they run.
public final class ParallelFork implements PendingWork, StateThread.Owner {
    private final StateThread parent;
    private final StateThread[] branches;
    private final @Nullable Object[] outputs;
    private int running;

    private ParallelFork(StateThread parent, List<PreparedGraph> graphs, @Nullable Object input) {
        this.parent = parent;
        this.branches = new StateThread[graphs.size()];
        this.outputs = new Object[graphs.size()];
        this.running = branches.length;
        var here = parent.surroundings();
        for (var i = 0; i < branches.length; i++) {
            branches[i] = new StateThread(
                    parent.run(),
                    this,
                    i,
                    graphs.get(i),
                    here.context().branch(),
                    new Variables(here.variables()),
                    parent.iterations(),
                    input,
                    parent.lastEventId());
        }
    }

    /// Starts a branch for each graph; the parent waits for all.
    public static void start(StateThread parent, List<PreparedGraph> graphs, @Nullable Object input) {
        parent.record(EventType.ParallelStateStarted, EventDetails.None.NONE);
        var fork = new ParallelFork(parent, graphs, input);
        parent.await(fork);
        for (var branch : fork.branches) {
            parent.run().ready(branch);
        }
    }

    @Override
    public void succeeded(StateThread branch, @Nullable Object output) {
        outputs[branch.index()] = output;
        running--;
        if (running == 0) {
            parent.follow(branch.lastEventId());
            parent.record(EventType.ParallelStateSucceeded, EventDetails.None.NONE);
            parent.resume(Arrays.asList(outputs));
        }
    }

    /// One branch that fails fails all.
    @Override
    public void failed(StateThread branch, @Nullable String error, @Nullable String cause) {
        // What is told of aborts leads nowhere.
        parent.follow(branch.lastEventId());
        branch.recordAborted();
        for (var other : branches) {
            other.abort();
        }
        parent.resumeFailed(StateFailure.reported(error, cause));
    }

    @Override
    public void abort() {
        for (var branch : branches) {
            branch.abort();
        }
    }

    @Override
    public void cancel() {
        for (var branch : branches) {
            branch.cancel();
        }
    }

    /// Branches that succeeded keep their outputs.
    @Override
    public boolean redrive() {
        running = 0;
        for (var branch : branches) {
            if (branch.isRedrivable()) {
                running++;
                branch.redrive(parent.lastEventId());
            }
        }
        return running > 0;
    }
}
