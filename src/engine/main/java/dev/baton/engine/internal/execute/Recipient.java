package dev.baton.engine.internal.execute;

import dev.baton.engine.journal.Message;

/// Something in a run that is told things from outside: the run itself, an attempt, an alarm, a Map Run.
///
/// @param <M> what it is told
public interface Recipient<M extends Message> {
    /// Unique in the run, and the same whenever the run is made again.
    int number();

    /// By the thread that drives the run.
    void take(M message);

    /// Tells it what a journal has for it.
    ///
    /// @throws ClassCastException where that is for a recipient of another kind
    @SuppressWarnings("unchecked")
    static void tell(Recipient<?> recipient, Message message) {
        ((Recipient<Message>) recipient).take(message);
    }
}
