package dev.baton.engine.internal.prepare;

import dev.baton.asl.FailState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.Transition;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.internal.query.TextField;
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
    public void run(StateRunner runner) {
        var at = new FieldScope(runner.surroundings(), flow().effectiveInput(runner.surroundings(), runner.input()));
        throw StateFailure.reported(
                error == null ? null : error.evaluate(at), cause == null ? null : cause.evaluate(at));
    }
}
