package dev.baton.engine.internal.state;

import dev.baton.asl.FailState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.Transition;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.StateFlow;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.internal.run.FlowState;
import dev.baton.engine.internal.run.Strand;
import org.jspecify.annotations.Nullable;

/// A Fail state ready to run.
final class PreparedFail extends FlowState {
    private final @Nullable TextField error;
    private final @Nullable TextField cause;

    PreparedFail(String name, FailState state, QueryLanguage language) {
        super(
                name,
                Kind.FAIL,
                StateFlow.of(language, state.data()),
                Transition.END,
                Handling.NO_RETRIERS,
                Handling.NO_CATCHERS);
        this.error = TextField.of(state.error(), "Error");
        this.cause = TextField.of(state.cause(), "Cause");
    }

    @Override
    public void run(Strand strand) {
        var at = strand.evaluation(strand.input());
        throw StateFailure.reported(
                error == null ? null : error.evaluate(at), cause == null ? null : cause.evaluate(at));
    }
}
