package dev.baton.engine.internal.execute;

import dev.baton.engine.internal.prepare.MapRunPlan;
import dev.baton.engine.internal.prepare.StateRunner.MapRunStart;

/// Starts the Map Runs of distributed Map states.
@FunctionalInterface
public interface MapRunStarter {
    /// The parent waits for the Map Run.
    ///
    /// @throws dev.baton.engine.internal.failure.StateFailure where it may not be started
    void start(StateThread parent, MapRunPlan plan, MapRunStart start);
}
