package dev.baton.local.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A table: its definition, its items, and its items once more in the order of each index.
///
/// Whoever reads or changes items has the lock.
final class StoredTable {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final NavigableMap<RowKey, StoredItem> rows = new TreeMap<>();
    private final Map<String, NavigableMap<RowKey, StoredItem>> indexes = new HashMap<>();
    private volatile TableDefinition definition;
    private volatile boolean gone;
    private long bytes;
    private Instant lookedAt = Instant.MIN;

    StoredTable(TableDefinition definition) {
        this.definition = definition;
        definition.indexes().forEach(this::fill);
    }

    ReadWriteLock lock() {
        return lock;
    }

    TableDefinition definition() {
        return definition;
    }

    /// Whether it was deleted.
    boolean isGone() {
        return gone;
    }

    void delete() {
        gone = true;
    }

    /// Takes another definition, and fills the indexes that are new in it.
    void define(TableDefinition other) {
        definition = other;
        indexes.keySet().removeIf(name -> other.index(name) == null);
        other.indexes().stream()
                .filter(index -> !indexes.containsKey(index.name()))
                .forEach(this::fill);
    }

    private void fill(SecondaryIndex index) {
        var entries = new TreeMap<RowKey, StoredItem>();
        rows.forEach((key, item) -> {
            var entry = index.keys().key(item.attributes(), key);
            if (entry != null) {
                entries.put(entry, item);
            }
        });
        indexes.put(index.name(), entries);
    }

    @Nullable
    StoredItem get(RowKey key) {
        return rows.get(key);
    }

    /// The items in the order of the table, or of one of its indexes.
    NavigableMap<RowKey, StoredItem> rows(@Nullable SecondaryIndex index) {
        return index == null ? rows : Objects.requireNonNull(indexes.get(index.name()));
    }

    /// @param after nothing where the item is to go
    void replace(RowKey key, @Nullable StoredItem after) {
        var before = after == null ? rows.remove(key) : rows.put(key, after);
        bytes += (after == null ? 0 : after.size()) - (before == null ? 0 : before.size());
        for (var index : definition.indexes()) {
            var entries = rows(index);
            if (before != null) {
                var entry = index.keys().key(before.attributes(), key);
                if (entry != null) {
                    entries.remove(entry);
                }
            }
            if (after != null) {
                var entry = index.keys().key(after.attributes(), key);
                if (entry != null) {
                    entries.put(entry, after);
                }
            }
        }
    }

    /// Whether the table is to be looked at for items that have expired; from then on it was.
    synchronized boolean looksNow(Instant now, Duration between) {
        boolean due = lookedAt.equals(Instant.MIN) || !now.isBefore(lookedAt.plus(between));
        if (due) {
            lookedAt = now;
        }
        return due;
    }

    long bytes() {
        return bytes;
    }
}
