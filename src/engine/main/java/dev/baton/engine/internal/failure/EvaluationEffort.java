package dev.baton.engine.internal.failure;

import dev.baton.jsonata.evaluation.EvaluationContext;
import org.jspecify.annotations.Nullable;

/// The effort that the evaluation of one field, with all paths and calls in it, may still make: values and characters
/// together. Mostly a field handles what its input has, at most 262,144 bytes, a few times over; what goes beyond is a
/// path that multiplies, or a text made of copies, and would take memory and time from all other executions.
public final class EvaluationEffort {
    /// Fifteen times what an input has in characters, and thirty times what it has in values.
    public static final long MOST = 4_000_000;

    private long left = MOST;
    private @Nullable EvaluationContext shared;

    /// @throws StateFailure when it is more than is left
    public void take(long count) {
        left -= count;
        if (left < 0) {
            throw StateFailure.runtime(
                    "The evaluation of one field looks at more than " + MOST + " values and characters.");
        }
    }

    /// The context in which expressions of the field after the first are evaluated: they have together what one may use
    /// up.
    public EvaluationContext jsonata(EvaluationContext ofRun) {
        var known = shared;
        if (known == null) {
            known = ofRun.shared();
            shared = known;
        }
        return known;
    }

    public long left() {
        return left;
    }
}
