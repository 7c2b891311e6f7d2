package dev.baton.engine.time;

import java.time.Instant;

/// The engine's clock, which also runs its work later: real time with a few threads, or virtual time.
///
/// No work that is handed over here waits; the engine holds no thread for a state that waits.
public interface Scheduler {
    /// The moment that it is.
    Instant now();

    /// Runs the work as soon as possible, never within this call.
    void execute(Runnable work);

    /// Runs the work at that moment, or as soon as possible where it has passed.
    Alarm at(Instant moment, Runnable work);

    /// Work that lies ahead.
    @FunctionalInterface
    interface Alarm {
        /// Takes the work back; without effect where it ran already.
        void cancel();
    }
}
