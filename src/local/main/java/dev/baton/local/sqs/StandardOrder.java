package dev.baton.local.sqs;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The order of a standard queue: about that in which messages were sent, and nobody waits for anybody.
final class StandardOrder implements AvailableMessages {
    private final TreeMap<Long, QueueEntry> entries = new TreeMap<>();

    @Override
    public void add(QueueEntry entry) {
        entries.put(entry.order, entry);
    }

    @Override
    public void remove(QueueEntry entry) {
        entries.remove(entry.order);
    }

    @Override
    public @Nullable QueueEntry first() {
        var first = entries.firstEntry();
        return first == null ? null : first.getValue();
    }

    @Override
    public @Nullable QueueEntry firstBeside(QueueEntry taken) {
        return first();
    }

    @Override
    public void take(QueueEntry entry) {
        remove(entry);
    }

    @Override
    public void release(QueueEntry entry) {}
}
