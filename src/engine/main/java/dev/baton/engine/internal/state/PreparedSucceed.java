package dev.baton.engine.internal.state;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.SucceedState;
import dev.baton.asl.Transition;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.internal.run.PreparedState;
import dev.baton.engine.internal.run.StateThread;

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
    public void run(StateThread strand) {
        var here = strand.surroundings();
        var raw = strand.input();
        strand.leave(flow().pass(here, raw, flow().effectiveInput(here, raw)), null);
    }
}
