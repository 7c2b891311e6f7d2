package dev.baton.engine.internal.state;

import dev.baton.asl.ParallelState;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.internal.run.Catchers;
import dev.baton.engine.internal.run.ParallelFork;
import dev.baton.engine.internal.run.PreparedGraph;
import dev.baton.engine.internal.run.PreparedState;
import dev.baton.engine.internal.run.Retriers;
import dev.baton.engine.internal.run.StateThread;
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
    public void run(StateThread strand) {
        var here = strand.surroundings();
        var input = arguments(strand, flow().effectiveInput(here, strand.input()));
        ParallelFork.start(strand, branches, input);
    }
}
