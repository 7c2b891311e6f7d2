package dev.baton.engine.internal.prepare;

import java.util.List;

/// A Parallel state ready to run.
final class PreparedParallel extends PreparedState {
    private final List<PreparedGraph> branches;

    PreparedParallel(Frame frame, List<PreparedGraph> branches) {
        super(Kind.PARALLEL, frame);
        this.branches = List.copyOf(branches);
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var input = arguments(runner, flow().effectiveInput(here, runner.input()));
        runner.fork(branches, input);
    }
}
