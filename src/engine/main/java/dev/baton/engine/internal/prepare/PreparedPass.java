package dev.baton.engine.internal.prepare;

import dev.baton.asl.PassState;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.StateDataFlow;
import org.jspecify.annotations.Nullable;

/// A Pass state ready to run: its result is `Result`, or what `Parameters` make of its input.
final class PreparedPass extends PreparedState {
    private final boolean hasResult;
    private final @Nullable Object result;

    PreparedPass(String name, PassState state, QueryLanguage language) {
        super(
                name,
                Kind.PASS,
                StateDataFlow.of(language, state.data()),
                state.transition(),
                UnhandledErrors.NO_RETRIERS,
                UnhandledErrors.NO_CATCHERS);
        this.hasResult = state.result() != null;
        this.result = state.result() == null ? null : state.result().value();
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var raw = runner.input();
        if (flow().language() == QueryLanguage.JSONATA) {
            runner.leave(flow().pass(here, raw, raw), successor());
            return;
        }
        var arguments = flow().arguments(here, flow().effectiveInput(here, raw));
        if (hasResult) {
            here.made("result", result);
        }
        runner.leave(flow().exit(here, raw, hasResult ? result : arguments), successor());
    }
}
