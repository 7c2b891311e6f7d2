package dev.baton.diagnostic.schedule;

/// A mistake in an expression, which EventBridge Scheduler would refuse: a sentence with the place, what was there
/// instead, and what would do.
public final class ScheduleProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScheduleProblem(String message) {
        super(message);
    }
}
