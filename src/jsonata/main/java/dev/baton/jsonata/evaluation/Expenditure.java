package dev.baton.jsonata.evaluation;

/// The expenditure of evaluations that share the limits of one, those of a template for example:
/// [EvaluationContext#shared] makes it, and one thread at a time evaluates with it.
public final class Expenditure {
    private long deadline;
    private long allocatedBefore;

    Expenditure() {}

    /// Whether some evaluation has taken long enough to be looked at.
    public boolean hasBegun() {
        return deadline != 0;
    }

    /// @param deadline by [System#nanoTime()]
    /// @param allocated by the thread so far, in bytes
    public void begin(long deadline, long allocated) {
        this.deadline = deadline == 0 ? 1 : deadline;
        this.allocatedBefore = allocated;
    }

    public long deadline() {
        return deadline;
    }

    public long allocatedBefore() {
        return allocatedBefore;
    }
}
