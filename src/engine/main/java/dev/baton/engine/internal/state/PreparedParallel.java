package dev.baton.engine.internal.state;

import dev.baton.asl.ParallelState;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.StateFlow;
import dev.baton.engine.internal.run.Catchers;
import dev.baton.engine.internal.run.FlowState;
import dev.baton.engine.internal.run.Graph;
import dev.baton.engine.internal.run.ParallelFork;
import dev.baton.engine.internal.run.Retriers;
import dev.baton.engine.internal.run.Strand;
import java.util.List;

/// A Parallel state ready to run.
final class PreparedParallel extends FlowState {
    private final List<Graph> branches;

    PreparedParallel(String name, ParallelState state, QueryLanguage language, List<Graph> branches) {
        super(
                name,
                Kind.PARALLEL,
                StateFlow.of(language, state.data()),
                state.transition(),
                new Retriers(state.retry()),
                new Catchers(language, state.catchers()));
        this.branches = List.copyOf(branches);
    }

    @Override
    public void run(Strand strand) {
        var here = strand.surroundings();
        var input = arguments(strand, flow().effectiveInput(here, strand.input()));
        ParallelFork.start(strand, branches, input);
    }
}
