package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The writer of items: looks at the conditions and changes items in one step, of one table or of several, and has
/// the changes on the disk when it returns.
///
/// @param expired what goes by itself, and is looked for when something else is written
record ItemWriter(TableStore store, ExpiredItems expired) {
    private static final int LARGEST = 400 << 10;

    /// A write that was refused, among others that are made together with it.
    ///
    /// @param error nothing for those that were not at fault
    record Outcome(@Nullable AwsError error, ItemWrite.@Nullable Result result) {}

    /// @throws AwsError where the condition does not hold, or there can be no such item
    ItemWrite.Result write(ItemWrite write) {
        return each(List.of(write)).getFirst();
    }

    /// Makes the writes one after another, each by itself, and waits for the disk once.
    ///
    /// @throws AwsError where one is refused; those before it are made
    List<ItemWrite.Result> each(List<ItemWrite> writes) {
        var results = new ArrayList<ItemWrite.Result>();
        long[] last = {0};
        try {
            for (var write : writes) {
                var outcome = together(List.of(write), null, ticket -> last[0] = ticket)
                        .getFirst();
                if (outcome.error() != null || outcome.result() == null) {
                    throw outcome.error() == null ? new IllegalStateException("no result") : outcome.error();
                }
                results.add(outcome.result());
            }
        } finally {
            expire(writes, ticket -> last[0] = ticket);
            store.await(last[0]);
        }
        return results;
    }

    private void expire(List<ItemWrite> writes, LongConsumer written) {
        writes.stream()
                .map(ItemWrite::table)
                .distinct()
                .flatMap(table -> expired.of(table).stream())
                .forEach(write -> together(List.of(write), null, written));
    }

    /// Makes all of the writes, each of another item, or none where one is refused.
    ///
    /// @param token by which a request is known again; nothing where it has none
    List<Outcome> all(List<ItemWrite> writes, ItemJournal.@Nullable Token token) {
        long[] last = {0};
        var outcomes = together(writes, token, ticket -> last[0] = ticket);
        expire(writes, ticket -> last[0] = ticket);
        store.await(last[0]);
        return outcomes;
    }

    /// @param written is told a ticket where something was changed
    private List<Outcome> together(List<ItemWrite> writes, ItemJournal.@Nullable Token token, LongConsumer written) {
        var tables = writes.stream()
                .map(ItemWrite::table)
                .distinct()
                .sorted(Comparator.comparing(table -> table.definition().id()))
                .toList();
        tables.forEach(table -> table.lock().writeLock().lock());
        try {
            long sequence = store.nextSequence();
            var outcomes =
                    writes.stream().map(write -> outcome(write, sequence)).toList();
            if (outcomes.stream().allMatch(outcome -> outcome.error() == null)) {
                make(writes, outcomes, sequence, token, written);
            }
            return outcomes;
        } finally {
            tables.forEach(table -> table.lock().writeLock().unlock());
        }
    }

    private void make(
            List<ItemWrite> writes,
            List<Outcome> outcomes,
            long sequence,
            ItemJournal.@Nullable Token token,
            LongConsumer written) {
        var changes = new ArrayList<ItemJournal.Change>();
        for (int i = 0; i < writes.size(); i++) {
            var write = writes.get(i);
            var result = outcomes.get(i).result();
            if (result == null || result.before() == result.after()) {
                continue;
            }
            write.table().replace(write.key(), result.after());
            boolean gone = result.after() == null;
            changes.add(
                    new ItemJournal.Change(write.table().definition().id(), gone ? write.names() : result.now(), gone));
        }
        if (!changes.isEmpty()) {
            written.accept(store.append(new ItemJournal.Entry(sequence, changes, token)));
        }
    }

    private static Outcome outcome(ItemWrite write, long sequence) {
        try {
            if (write.table().isGone()) {
                throw DynamoDbErrors.noTable();
            }
            var before = write.table().get(write.key());
            var condition = write.condition();
            if (condition != null && !condition.holds(before == null ? Map.of() : before.attributes())) {
                throw DynamoDbErrors.conditionFailed(
                        write.failureShown() && before != null ? before.attributes() : null);
            }
            return new Outcome(null, new ItemWrite.Result(before, after(write, before, sequence)));
        } catch (AwsError e) {
            return new Outcome(e, null);
        }
    }

    private static @Nullable StoredItem after(ItemWrite write, @Nullable StoredItem before, long sequence) {
        return switch (write.effect()) {
            case ItemWrite.Put put -> sized(put.item(), sequence, false);
            case ItemWrite.Update update -> {
                Map<String, Attribute> item =
                        update.plan().apply(before == null ? new LinkedHashMap<>(write.names()) : before.attributes());
                ItemKeys.checkIndexes(write.table().definition(), item);
                yield sized(item, sequence, true);
            }
            case ItemWrite.Delete delete -> null;
            case ItemWrite.Check check -> before;
        };
    }

    private static StoredItem sized(Map<String, Attribute> item, long sequence, boolean update) {
        var stored = TableStore.stored(item, sequence);
        if (stored.size() > LARGEST) {
            throw DynamoDbErrors.tooLarge(update);
        }
        return stored;
    }
}
