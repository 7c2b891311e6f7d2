package dev.baton.local.realworld;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import org.jspecify.annotations.Nullable;

/// The end of an execution: good where the definition itself says that it ends so.
///
/// @param state that was entered last
/// @param isFail whether it is a Fail state
record ExecutionEnd(
        ExecutionStatus status,
        String state,
        boolean isFail,
        @Nullable String error,
        @Nullable String cause) {

    static ExecutionEnd of(Execution execution) {
        var last = execution.history().stream()
                .filter(event -> event.details() instanceof EventDetails.StateEntered)
                .reduce((some, later) -> later)
                .orElseThrow();
        return new ExecutionEnd(
                execution.status(),
                ((EventDetails.StateEntered) last.details()).name(),
                last.type() == EventType.FailStateEntered,
                execution.error(),
                execution.cause());
    }

    boolean isGood() {
        return status == ExecutionStatus.SUCCEEDED || status == ExecutionStatus.FAILED && isFail;
    }

    @Override
    public String toString() {
        return status + " at " + state + ": " + error + ": " + cause;
    }
}
