package dev.baton.engine.internal.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The facts that every context object of an execution tells about the execution and its state machine.
public interface ExecutionFacts {
    /// The value of `Execution`.
    Map<String, @Nullable Object> execution();

    /// The value of `StateMachine`.
    Map<String, @Nullable Object> stateMachine();
}
