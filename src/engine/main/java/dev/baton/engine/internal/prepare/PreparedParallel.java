package dev.baton.engine.internal.prepare;

import dev.baton.asl.ParallelState;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.StateDataFlow;
import java.util.List;

/// A Parallel state ready to run.
final class PreparedParallel extends PreparedState {
    private final List<PreparedGraph> branches;

    PreparedParallel(String name, ParallelState state, QueryLanguage language, List<PreparedGraph> branches) {
        super(
                name,
                Kind.PARALLEL,
                StateDataFlow.of(language, state.data()),
                state.transition(),
                new Retriers(state.retry()),
                new Catchers(language, state.catchers()));
        this.branches = List.copyOf(branches);
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var input = arguments(runner, flow().effectiveInput(here, runner.input()));
        runner.fork(branches, input);
    }
}
