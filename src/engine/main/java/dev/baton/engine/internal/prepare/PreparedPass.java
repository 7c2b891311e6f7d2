package dev.baton.engine.internal.prepare;

import dev.baton.asl.Literal;
import dev.baton.asl.QueryLanguage;
import org.jspecify.annotations.Nullable;

/// A Pass state ready to run: its result is `Result`, or what `Parameters` make of its input.
final class PreparedPass extends PreparedState {
    private final boolean hasResult;
    private final @Nullable Object result;

    PreparedPass(Frame frame, @Nullable Literal result) {
        super(Kind.PASS, frame);
        this.hasResult = result != null;
        this.result = result == null ? null : result.value();
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
