package dev.baton.engine.internal.prepare;

/// A Succeed state ready to run.
final class PreparedSucceed extends PreparedState {

    PreparedSucceed(Frame frame) {
        super(Kind.SUCCEED, frame);
    }

    @Override
    public void run(StateRunner runner) {
        var here = runner.surroundings();
        var raw = runner.input();
        runner.leave(flow().pass(here, raw, flow().effectiveInput(here, raw)), null);
    }
}
