package dev.baton.local.logs;

import dev.baton.local.http.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A group of streams, with how long its events are kept.
final class LogGroup {
    /// How many streams a group has in memory. Functions begin a new one with each of their processes.
    private static final int MOST_IN_MEMORY = 256;

    private final String name;
    private final StreamFiles files;
    private final @Nullable Long made;
    private final Map<String, LogStream> streams = new TreeMap<>();
    private boolean read;
    private volatile @Nullable Integer retentionDays;
    private volatile Map<String, String> tags = Map.of();

    /// @param made milliseconds since 1970, where somebody made it; else it is as old as the first of its streams
    LogGroup(String name, StreamFiles files, @Nullable Long made) {
        this.name = name;
        this.files = files;
        this.made = made;
    }

    String name() {
        return name;
    }

    /// When somebody made it; null where it came with what wrote to it.
    @Nullable
    Long made() {
        return made;
    }

    long created() {
        return made != null
                ? made
                : streams().stream().mapToLong(LogStream::created).min().orElse(0);
    }

    @Nullable
    Integer retentionDays() {
        return retentionDays;
    }

    void retain(@Nullable Integer days) {
        retentionDays = days;
    }

    Map<String, String> tags() {
        return tags;
    }

    void tag(Map<String, String> all) {
        tags = Map.copyOf(all);
    }

    /// The time before which its events are gone.
    long oldest(Instant now) {
        var days = retentionDays;
        return days == null ? 0 : now.minus(Duration.ofDays(days)).toEpochMilli();
    }

    private synchronized Map<String, LogStream> all() {
        if (!read) {
            read = true;
            files.find(name).forEach(stream -> streams.putIfAbsent(stream.name(), stream));
        }
        return streams;
    }

    /// By name.
    synchronized Collection<LogStream> streams() {
        return List.copyOf(all().values());
    }

    synchronized @Nullable LogStream find(String stream) {
        return all().get(stream);
    }

    /// The stream of that name, made where there is none.
    synchronized LogStream stream(String stream) {
        // What others have written is read when somebody asks for it.
        var known = files.has(name, stream) ? all() : streams;
        var there = known.get(stream);
        return there == null ? made(stream) : there;
    }

    private LogStream made(String stream) {
        var made = files.make(name, stream);
        streams.put(stream, made);
        if (!files.areKept() && streams.size() > MOST_IN_MEMORY) {
            var oldest = streams.values().stream()
                    .filter(other -> other != made)
                    .min(Comparator.comparingLong(LogStream::written))
                    .orElse(made);
            streams.remove(oldest.name());
        }
        return made;
    }

    /// @return null where there is one of that name
    synchronized @Nullable LogStream add(String stream) {
        if (all().containsKey(stream)) {
            return null;
        }
        return made(stream);
    }

    synchronized @Nullable LogStream remove(String stream) {
        return all().remove(stream);
    }

    /// Takes away what nobody can see any more.
    void expire(Instant now) {
        if (retentionDays != null) {
            streams().forEach(stream -> stream.expire(oldest(now)));
        }
    }

    String arn(Account account) {
        return account.arn("logs", "log-group:" + name);
    }

    String arn(Account account, String stream) {
        return arn(account) + ":log-stream:" + stream;
    }
}
