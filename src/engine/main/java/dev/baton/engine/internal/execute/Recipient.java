package dev.baton.engine.internal.execute;

import dev.baton.engine.journal.Message;

/// Something in a run that is told things from outside: the run itself, an attempt, an alarm, a Map Run.
public interface Recipient {
    /// Unique in the run, and the same whenever the run is made again.
    int number();

    /// By the thread that drives the run.
    void take(Message message);
}
