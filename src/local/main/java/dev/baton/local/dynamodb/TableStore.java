package dev.baton.local.dynamodb;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.ItemSize;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.Foundation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All tables, and where they are kept over restarts: their definitions in a file, their items in a journal.
final class TableStore implements AutoCloseable {
    private final NavigableMap<String, StoredTable> tables = new ConcurrentSkipListMap<>();
    private final Map<String, StoredTable> byId = new ConcurrentHashMap<>();
    private final TransactionTokens tokens;
    private final AtomicLong sequence = new AtomicLong();
    private final @Nullable StoredFile file;
    private final @Nullable Path folder;
    private volatile @Nullable ItemJournal journal;
    private boolean changed;

    /// @param said is told LOC006 where the end of the journal was torn
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 to LOC004
    TableStore(Foundation foundation, Consumer<Diagnostic> said) {
        tokens = new TransactionTokens(foundation.clock());
        file = foundation.file("dynamodb.json");
        folder = foundation.folder() == null ? null : foundation.folder().resolve("dynamodb");
        if (file != null && folder != null) {
            file.load(this::load);
            if (LocalDisk.DISK.exists(folder.resolve("journal"))) {
                try {
                    var opened = new ItemJournal(folder);
                    journal = opened;
                    opened.replay(this::replay).forEach(said);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void load(StoredJson content) {
        for (var each : content.objects("tables")) {
            add(new StoredTable(TableJson.definition(each)));
        }
    }

    private void replay(ItemJournal.Entry entry) {
        sequence.accumulateAndGet(entry.sequence(), Math::max);
        if (entry.token() != null) {
            tokens.keep(entry.token());
        }
        for (var change : entry.changes()) {
            var table = byId.get(change.table());
            if (table != null) {
                var key = table.definition().keys().key(change.item());
                table.replace(key, change.gone() ? null : stored(change.item(), entry.sequence()));
            }
        }
    }

    TransactionTokens tokens() {
        return tokens;
    }

    static StoredItem stored(Map<String, Attribute> item, long sequence) {
        return new StoredItem(item, ItemSize.of(item), sequence);
    }

    @Nullable
    StoredTable find(String name) {
        return tables.get(name);
    }

    /// By name.
    NavigableMap<String, StoredTable> all() {
        return new TreeMap<>(tables);
    }

    /// @return whether there is none of its name
    synchronized boolean create(TableDefinition definition) {
        if (tables.containsKey(definition.name())) {
            return false;
        }
        add(new StoredTable(definition));
        changed = true;
        return true;
    }

    private void add(StoredTable table) {
        tables.put(table.definition().name(), table);
        byId.put(table.definition().id(), table);
    }

    synchronized void delete(StoredTable table) {
        var writing = table.lock().writeLock();
        writing.lock();
        try {
            table.delete();
        } finally {
            writing.unlock();
        }
        tables.remove(table.definition().name(), table);
        byId.remove(table.definition().id());
        changed = true;
    }

    synchronized void define(StoredTable table, TableDefinition definition) {
        var writing = table.lock().writeLock();
        writing.lock();
        try {
            table.define(definition);
        } finally {
            writing.unlock();
        }
        changed = true;
    }

    long nextSequence() {
        return sequence.incrementAndGet();
    }

    /// Takes down what was changed. Whoever has changed it has the tables' locks.
    ///
    /// @return a ticket for [#await]; 0 where nothing is kept
    long append(ItemJournal.Entry entry) {
        var writing = journal();
        return writing == null ? 0 : writing.append(entry);
    }

    private @Nullable ItemJournal journal() {
        if (journal == null && folder != null) {
            synchronized (this) {
                if (journal == null) {
                    try {
                        journal = new ItemJournal(folder);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
        return journal;
    }

    /// Waits until what was taken down is on the disk.
    void await(long ticket) {
        var written = journal;
        if (written != null) {
            written.await(ticket);
            written.compactIfLong(
                    byId.values().stream().mapToLong(StoredTable::bytes).sum(),
                    this::isCurrent,
                    this::key,
                    tokens.since());
        }
    }

    private boolean isCurrent(ItemJournal.Change change, long number) {
        var table = byId.get(change.table());
        if (table == null) {
            return false;
        }
        var reading = table.lock().readLock();
        reading.lock();
        try {
            var item = table.get(table.definition().keys().key(change.item()));
            return item != null && item.sequence() == number;
        } finally {
            reading.unlock();
        }
    }

    private @Nullable Map<String, Attribute> key(ItemJournal.Change change) {
        var table = byId.get(change.table());
        return table == null ? null : key(table.definition().keys(), change.item());
    }

    /// The key of an item, as attributes.
    static Map<String, Attribute> key(KeySchema keys, Map<String, Attribute> item) {
        var key = new LinkedHashMap<String, Attribute>();
        for (var part : keys.parts()) {
            var value = part.of(item);
            if (value != null) {
                key.put(part.name(), value);
            }
        }
        return key;
    }

    /// Keeps the definitions over restarts, where one has changed.
    synchronized void save() {
        if (!changed || file == null) {
            return;
        }
        var all = new ArrayList<Map<String, @Nullable Object>>();
        tables.values().forEach(table -> all.add(TableJson.json(table.definition())));
        file.write(Map.of("tables", List.copyOf(all)));
        changed = false;
    }

    @Override
    public void close() {
        var closing = journal;
        if (closing != null) {
            closing.close();
        }
    }
}
