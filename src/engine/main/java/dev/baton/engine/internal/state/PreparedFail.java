package dev.baton.engine.internal.state;

import dev.baton.asl.FailState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.Transition;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.internal.run.PreparedState;
import dev.baton.engine.internal.run.StateThread;
import org.jspecify.annotations.Nullable;

/// A Fail state ready to run.
final class PreparedFail extends PreparedState {
    private final @Nullable TextField error;
    private final @Nullable TextField cause;

    PreparedFail(String name, FailState state, QueryLanguage language) {
        super(
                name,
                Kind.FAIL,
                StateDataFlow.of(language, state.data()),
                Transition.END,
                UnhandledErrors.NO_RETRIERS,
                UnhandledErrors.NO_CATCHERS);
        this.error = TextField.of(state.error(), "Error");
        this.cause = TextField.of(state.cause(), "Cause");
    }

    @Override
    public void run(StateThread strand) {
        var at = strand.evaluation(strand.input());
        throw StateFailure.reported(
                error == null ? null : error.evaluate(at), cause == null ? null : cause.evaluate(at));
    }
}
