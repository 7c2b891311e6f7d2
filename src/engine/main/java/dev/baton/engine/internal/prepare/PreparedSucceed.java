package dev.baton.engine.internal.prepare;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.SucceedState;
import dev.baton.asl.Transition;
import dev.baton.engine.internal.query.StateDataFlow;

/// A Succeed state ready to run.
final class PreparedSucceed extends PreparedState {

    PreparedSucceed(String name, SucceedState state, QueryLanguage language) {
        super(
                name,
                Kind.SUCCEED,
                StateDataFlow.of(language, state.data()),
                Transition.END,
                UnhandledErrors.NO_RETRIERS,
                UnhandledErrors.NO_CATCHERS);
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var raw = runner.input();
        runner.leave(flow().pass(here, raw, flow().effectiveInput(here, raw)), null);
    }
}
