package dev.baton.local.lambda.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder that is `/tmp` to a function, and how much of it is used. It is measured, as nothing that a program may
/// do on every system bounds a folder: a function may fill more for the moment between two looks, and what it writes
/// elsewhere is not seen.
///
/// [Lambda quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)
final class TemporaryStorage {
    /// What every function has, if nothing else is said.
    static final long BYTES = 512L << 20;

    private final Path folder;
    private boolean exceeded;

    TemporaryStorage(Path folder) {
        this.folder = folder;
    }

    /// Looks.
    ///
    /// @return whether it ever was more than there is
    boolean isExceeded() {
        exceeded = exceeded || bytes() > BYTES;
        return exceeded;
    }

    private long bytes() {
        try (var inside = Files.walk(folder)) {
            return inside.mapToLong(TemporaryStorage::size).sum();
        } catch (IOException | UncheckedIOException e) {
            // What goes while it is looked at is not used any more; the next look sees the rest.
            return 0;
        }
    }

    private static long size(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
