package dev.baton.local.sqs;

import org.jspecify.annotations.Nullable;

/// The messages of a queue that may be received, in the order in which they are.
sealed interface AvailableMessages permits StandardOrder, GroupOrder {
    void add(QueueEntry entry);

    void remove(QueueEntry entry);

    /// The next one, which stays; null where there is none.
    @Nullable
    QueueEntry first();

    /// The next one of the same group as another that was just taken, which stays; null where there is none.
    @Nullable
    QueueEntry firstBeside(QueueEntry taken);

    /// Takes one out to be received: its group waits for it.
    void take(QueueEntry entry);

    /// One that was taken is deleted, or hidden no more: its group waits for it no more.
    void release(QueueEntry entry);
}
