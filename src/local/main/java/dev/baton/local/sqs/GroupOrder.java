package dev.baton.local.sqs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The order of a FIFO queue: that in which messages were sent in each group. While one of a group is in flight, the
/// others wait.
///
/// See [FIFO delivery
/// logic](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html).
final class GroupOrder implements AvailableMessages {
    private final Map<String, Group> groups = new HashMap<>();
    /// The groups that wait for nobody, by the place of their first message.
    private final TreeMap<Long, Group> open = new TreeMap<>();

    private static final class Group {
        final TreeMap<Long, QueueEntry> entries = new TreeMap<>();
        int inFlight;
        /// The key under which it is open; null where it is not.
        @Nullable
        Long place;
    }

    private Group group(QueueEntry entry) {
        return groups.computeIfAbsent(entry.group(), name -> new Group());
    }

    private void settle(QueueEntry entry, Group group) {
        if (group.place != null) {
            open.remove(group.place);
            group.place = null;
        }
        if (group.entries.isEmpty() && group.inFlight == 0) {
            groups.remove(entry.group());
        } else if (group.inFlight == 0) {
            group.place = group.entries.firstKey();
            open.put(group.place, group);
        }
    }

    @Override
    public void add(QueueEntry entry) {
        var group = group(entry);
        group.entries.put(entry.order, entry);
        settle(entry, group);
    }

    @Override
    public void remove(QueueEntry entry) {
        var group = group(entry);
        group.entries.remove(entry.order);
        settle(entry, group);
    }

    @Override
    public @Nullable QueueEntry first() {
        var first = open.firstEntry();
        return first == null ? null : first.getValue().entries.firstEntry().getValue();
    }

    @Override
    public @Nullable QueueEntry firstBeside(QueueEntry taken) {
        var next = group(taken).entries.firstEntry();
        return next == null ? first() : next.getValue();
    }

    @Override
    public void take(QueueEntry entry) {
        var group = group(entry);
        group.entries.remove(entry.order);
        group.inFlight++;
        settle(entry, group);
    }

    @Override
    public void release(QueueEntry entry) {
        var group = group(entry);
        group.inFlight--;
        settle(entry, group);
    }
}
