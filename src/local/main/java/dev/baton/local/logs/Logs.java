package dev.baton.local.logs;

import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All logs of an account. A group comes with what writes to it, or is made.
///
/// What was written is read from its files when somebody asks.
public final class Logs implements AutoCloseable {
    private final InstantSource clock;
    private final OpenFiles open = new OpenFiles(LocalDisk.DISK);
    private final StreamFiles files;
    private final @Nullable StoredFile settings;
    private final Map<String, LogGroup> groups = new TreeMap<>();
    private List<Map<String, @Nullable Object>> saved = List.of();
    private boolean read;

    /// @param folder where each stream has a file; absent where all is in memory
    /// @param settings what is kept of groups beside their streams
    public Logs(InstantSource clock, @Nullable Path folder, @Nullable StoredFile settings) {
        this.clock = clock;
        this.files = new StreamFiles(clock, LocalDisk.DISK, open, folder);
        this.settings = settings;
        if (settings != null) {
            settings.load(content -> content.objects("groups").forEach(this::load));
        }
    }

    private void load(StoredJson kept) {
        var name = kept.text("name");
        var group = new LogGroup(name, files, kept.has("created") ? (Long) kept.number("created") : null);
        group.retain(kept.integerIf("retentionInDays"));
        group.tag(kept.map("tags"));
        groups.put(name, group);
    }

    /// Keeps what groups have beside their streams, where that has changed.
    synchronized void save() {
        if (settings == null) {
            return;
        }
        var kept = groups.values().stream()
                .filter(group -> group.made() != null
                        || group.retentionDays() != null
                        || !group.tags().isEmpty())
                .map(group -> new JsonAnswer()
                        .put("name", group.name())
                        .putIf("created", group.made())
                        .putIf("retentionInDays", group.retentionDays())
                        .put("tags", group.tags())
                        .map())
                .toList();
        if (!kept.equals(saved)) {
            settings.write(Map.of("groups", kept));
            saved = kept;
        }
    }

    /// All groups that there are files of.
    private Map<String, LogGroup> all() {
        if (!read) {
            read = true;
            for (var name : files.groups()) {
                groups.computeIfAbsent(name, key -> new LogGroup(key, files, null));
            }
            groups.values().forEach(group -> group.expire(clock.instant()));
        }
        return groups;
    }

    /// A stream, made where there is none, with its group.
    ///
    /// @param group such as `/aws/lambda/NAME`
    /// @param stream such as `2026/11/22/[1]0123…`
    public LogStream stream(String group, String stream) {
        LogGroup found;
        synchronized (this) {
            found = groups.computeIfAbsent(group, name -> new LogGroup(name, files, null));
        }
        return found.stream(stream);
    }

    /// A stream that is in no group: for what may not be logged.
    public LogStream nowhere() {
        return new LogStream("", clock.millis(), clock, new MemoryText(1 << 12), true);
    }

    /// Whether there is such a group.
    public boolean has(String group) {
        return find(group) != null;
    }

    /// The names of all groups, sorted.
    public synchronized List<String> groups() {
        return List.copyOf(all().keySet());
    }

    /// By name.
    synchronized List<LogGroup> described() {
        return List.copyOf(all().values());
    }

    synchronized @Nullable LogGroup find(String group) {
        return all().get(group);
    }

    /// @return null where there is one of that name
    synchronized @Nullable LogGroup add(String group) {
        if (all().containsKey(group)) {
            return null;
        }
        var made = new LogGroup(group, files, clock.millis());
        groups.put(group, made);
        return made;
    }

    /// The streams of a group, sorted by name; none where there is no such group.
    public Collection<LogStream> streams(String group) {
        var found = find(group);
        return found == null ? List.of() : found.streams();
    }

    /// Deletes a group with all its streams. Who still writes to one of them writes for nobody.
    ///
    /// @return whether there was such a group
    public boolean delete(String group) {
        LogGroup gone;
        synchronized (this) {
            gone = all().remove(group);
        }
        if (gone == null) {
            return false;
        }
        gone.streams().forEach(LogStream::delete);
        files.sweep(group);
        return true;
    }

    @Override
    public void close() {
        open.close();
    }
}
