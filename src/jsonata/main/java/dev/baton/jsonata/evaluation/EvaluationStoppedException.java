package dev.baton.jsonata.evaluation;

/// The end of an evaluation whose value nobody wants any more, see [EvaluationContext#stopped].
public final class EvaluationStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EvaluationStoppedException() {
        super("The evaluation was stopped", null, false, false);
    }
}
