package dev.baton.engine.internal.prepare;

import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.StateFailure;
import java.util.List;

/// Decides whether an `ErrorEquals` names a failure.
public final class ErrorMatch {
    private ErrorMatch() {}

    public static boolean names(List<String> errorEquals, StateFailure failure) {
        for (var name : errorEquals) {
            if (names(name, failure)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(String name, StateFailure failure) {
        return switch (name) {
            case ErrorNames.ALL -> true;
            case ErrorNames.TASK_FAILED ->
                !ErrorNames.TIMEOUT.equals(failure.error()) && !ErrorNames.DATA_LIMIT_EXCEEDED.equals(failure.error());
            case ErrorNames.HEARTBEAT_TIMEOUT -> failure.isHeartbeat();
            default -> name.equals(failure.error());
        };
    }
}
