package dev.baton.engine.internal.prepare;

import dev.baton.asl.Operand;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.TextField;
import org.jspecify.annotations.Nullable;

/// A Fail state ready to run.
final class PreparedFail extends PreparedState {
    private final @Nullable TextField error;
    private final @Nullable TextField cause;

    PreparedFail(Frame frame, @Nullable Operand<String> error, @Nullable Operand<String> cause) {
        super(Kind.FAIL, frame);
        this.error = TextField.of(error, "Error");
        this.cause = TextField.of(cause, "Cause");
    }

    @Override
    public void run(StateRunner runner) {
        var at = new FieldScope(runner.surroundings(), flow().effectiveInput(runner.surroundings(), runner.input()));
        throw StateFailure.reported(
                error == null ? null : error.evaluate(at), cause == null ? null : cause.evaluate(at));
    }
}
