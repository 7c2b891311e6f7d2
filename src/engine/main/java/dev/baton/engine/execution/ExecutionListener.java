package dev.baton.engine.execution;

import dev.baton.engine.history.HistoryEvent;

/// Is told what happens to executions, in order for each execution, by the thread that runs it. It must not block.
public interface ExecutionListener {

    /// The execution has a new status, also when it starts.
    default void statusChanged(Execution execution) {}

    /// The execution's history has one more event.
    default void recorded(Execution execution, HistoryEvent event) {}
}
