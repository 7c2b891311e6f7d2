package dev.baton.engine.internal.execute;

/// The work that a state thread waits for.
public interface PendingWork {

    /// Gives it up; whatever still comes of it changes nothing.
    void cancel();

    /// Gives it up and tells the history of what was under way inside of it.
    default void abort() {
        cancel();
    }

    /// Lets what did not succeed inside of it run again, and says whether there was anything of the kind: otherwise the
    /// state that waited runs again as a whole.
    default boolean redrive() {
        return false;
    }
}
