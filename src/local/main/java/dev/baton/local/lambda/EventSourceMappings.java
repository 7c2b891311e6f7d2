package dev.baton.local.lambda;

import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.sqs.Queues;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The mappings of the account, and the readers of those that are enabled.
final class EventSourceMappings {
    private final Lambda lambda;
    private final Queues queues;
    private final Map<String, EventSourceMapping> byId = new TreeMap<>();
    private final Map<String, QueueReader> readers = new HashMap<>();
    private @Nullable StoredFile file;
    private boolean reading;

    EventSourceMappings(Lambda lambda, Queues queues) {
        this.lambda = lambda;
        this.queues = queues;
    }

    Queues queues() {
        return queues;
    }

    /// Takes up those that a file has, and keeps there what becomes of them.
    synchronized void keep(StoredFile kept) {
        kept.load(content -> {
            for (StoredJson json : content.objects("mappings")) {
                var mapping = EventSourceMapping.stored(json);
                byId.put(mapping.id(), mapping);
            }
        });
        file = kept;
    }

    /// Begins to read, those that are made later too.
    synchronized void resume() {
        reading = true;
        byId.values().forEach(this::read);
    }

    private void read(EventSourceMapping mapping) {
        var before = readers.remove(mapping.id());
        if (before != null) {
            before.stop();
        }
        if (reading && mapping.enabled()) {
            var reader = new QueueReader(lambda, queues, mapping);
            readers.put(mapping.id(), reader);
            reader.start();
        }
    }

    synchronized Collection<EventSourceMapping> all() {
        return List.copyOf(byId.values());
    }

    synchronized @Nullable EventSourceMapping find(String id) {
        return byId.get(id);
    }

    synchronized void put(EventSourceMapping mapping) {
        byId.put(mapping.id(), mapping);
        save();
        read(mapping);
    }

    synchronized void remove(EventSourceMapping mapping) {
        byId.remove(mapping.id());
        save();
        var reader = readers.remove(mapping.id());
        if (reader != null) {
            reader.stop();
        }
    }

    private void save() {
        var kept = file;
        if (kept != null) {
            kept.write(Map.of(
                    "mappings",
                    byId.values().stream().map(EventSourceMapping::json).toList()));
        }
    }

    synchronized void close() {
        reading = false;
        readers.values().forEach(QueueReader::stop);
        readers.clear();
    }
}
