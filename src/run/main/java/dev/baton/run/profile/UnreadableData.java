package dev.baton.run.profile;

/// Data that is not what its format has to be. It ends a profile, never a task.
final class UnreadableData extends Exception {
    private static final long serialVersionUID = 1;

    /// @param problem a sentence about it, without its final stop
    UnreadableData(String problem) {
        super(problem, null, false, false);
    }
}
