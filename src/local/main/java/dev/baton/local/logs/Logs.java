package dev.baton.local.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All logs of an account.
public final class Logs {
    private final InstantSource clock;
    private final @Nullable Path folder;
    private final Map<String, Map<String, LogStream>> groups = new TreeMap<>();

    /// @param folder where each stream has a file; absent where all is in memory
    public Logs(InstantSource clock, @Nullable Path folder) {
        this.clock = clock;
        this.folder = folder;
    }

    /// A stream, made where there is none.
    ///
    /// @param group such as `/aws/lambda/NAME`
    /// @param stream such as `2026/11/22/[1]0123…`
    public synchronized LogStream stream(String group, String stream) {
        return groups.computeIfAbsent(group, name -> new TreeMap<>())
                .computeIfAbsent(stream, name -> new LogStream(name, clock, file(group, name)));
    }

    /// The names of all groups, sorted.
    public synchronized List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    /// The streams of a group, sorted by name; none where there is no such group.
    public synchronized Collection<LogStream> streams(String group) {
        return List.copyOf(groups.getOrDefault(group, Map.of()).values());
    }

    /// Deletes a group with all its streams. Who still writes to one of them writes for nobody.
    ///
    /// @return whether there was such a group
    public synchronized boolean delete(String group) {
        var streams = groups.remove(group);
        if (streams == null) {
            return false;
        }
        if (folder != null) {
            for (var stream : streams.keySet()) {
                try {
                    Files.deleteIfExists(Objects.requireNonNull(file(group, stream)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return true;
    }

    private @Nullable Path file(String group, String stream) {
        if (folder == null) {
            return null;
        }
        // Neither may lead out of the folder, whatever it is called.
        var file = folder.resolve(inOneName(group)).resolve(inOneName(stream) + ".log");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /// `/aws/lambda/a` is the folder `aws.lambda.a`.
    private static String inOneName(String name) {
        return name.replaceFirst("^/", "").replace('/', '.').replaceAll("[^A-Za-z0-9_.\\[\\]$#-]", "_");
    }
}
