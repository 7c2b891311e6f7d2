package dev.baton.local.logs;

import dev.baton.local.internal.Disk;
import dev.baton.name.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The folder with the files of all streams: one of its own for each group, with a file for each stream.
///
/// `/aws/lambda/a` is the folder `aws.lambda.a`; a name that could be read from there as another one ends with its
/// hash.
///
/// @param folder absent where all is in memory
record StreamFiles(
        InstantSource clock,
        Disk disk,
        OpenFiles open,
        @Nullable Path folder) {
    private static final String EVENTS = ".events";
    private static final int LONGEST_NAME = 180;

    /// Whether streams outlive this process.
    boolean areKept() {
        return folder != null;
    }

    LogStream make(String group, String stream) {
        if (folder == null) {
            return LogStream.inMemory(stream, clock);
        }
        var created = clock.millis();
        var head = new FileText.Head(group, stream, created);
        return new LogStream(stream, created, clock, new FileText(disk, open, file(folder, group, stream), head), true);
    }

    /// Neither may lead out of the folder, whatever it is called.
    ///
    /// @param begin what names begin with that need no hash
    private static String inOneName(String begin, String name) {
        var plain = name.replaceFirst("^/", "").replace('/', '.').replaceAll("[^A-Za-z0-9_.\\[\\]$#-]", "_");
        return plain.length() <= LONGEST_NAME && (begin + plain.replace('.', '/')).equals(name)
                ? plain
                : plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "~"
                        + Sha256.hex(name).substring(0, 12);
    }

    private static Path folder(Path all, String group) {
        return all.resolve(inOneName("/", group));
    }

    private static Path file(Path all, String group, String stream) {
        return folder(all, group).resolve(inOneName("", stream) + EVENTS);
    }

    /// Whether there is a file of that stream.
    boolean has(String group, String stream) {
        return folder != null && disk.exists(file(folder, group, stream));
    }

    /// The names of the groups that have streams here.
    List<String> groups() {
        var names = new TreeSet<String>();
        if (folder != null) {
            try {
                for (var entry : disk.list(folder)) {
                    var group = entry.folder() ? group(folder.resolve(entry.name())) : null;
                    if (group != null) {
                        names.add(group);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(names);
    }

    private @Nullable String group(Path inside) throws IOException {
        for (var entry : disk.list(inside)) {
            if (entry.name().endsWith(EVENTS)) {
                var head = FileText.Head.read(disk, inside.resolve(entry.name()));
                if (head != null) {
                    return head.group();
                }
            }
        }
        return null;
    }

    /// The streams of a group that are here.
    List<LogStream> find(String group) {
        var found = new ArrayList<LogStream>();
        if (folder == null) {
            return found;
        }
        var inside = folder(folder, group);
        try {
            for (var entry : disk.list(inside)) {
                var file = inside.resolve(entry.name());
                var head = entry.name().endsWith(EVENTS) ? FileText.Head.read(disk, file) : null;
                if (head != null && head.group().equals(group)) {
                    var text = FileText.there(disk, open, file, head);
                    found.add(new LogStream(head.stream(), head.created(), clock, text, false));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /// Takes away what an earlier Baton left of a group: its lines without their times.
    void sweep(String group) {
        if (folder == null) {
            return;
        }
        var inside = folder(folder, group);
        try {
            for (var entry : disk.list(inside)) {
                if (!entry.folder()) {
                    disk.delete(inside.resolve(entry.name()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
