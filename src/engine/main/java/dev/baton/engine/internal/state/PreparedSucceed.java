package dev.baton.engine.internal.state;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.SucceedState;
import dev.baton.asl.Transition;
import dev.baton.engine.internal.query.StateFlow;
import dev.baton.engine.internal.run.FlowState;
import dev.baton.engine.internal.run.Strand;

/// A Succeed state ready to run.
final class PreparedSucceed extends FlowState {

    PreparedSucceed(String name, SucceedState state, QueryLanguage language) {
        super(
                name,
                Kind.SUCCEED,
                StateFlow.of(language, state.data()),
                Transition.END,
                Handling.NO_RETRIERS,
                Handling.NO_CATCHERS);
    }

    @Override
    public void run(Strand strand) {
        var here = strand.surroundings();
        var raw = strand.input();
        strand.leave(flow().pass(here, raw, flow().effectiveInput(here, raw)), null);
    }
}
