package dev.baton.cli.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The temporary files of functions that run in this process, bounded as `/tmp` is in Lambda.
///
/// All of them share the folder of this process, for Java asks once where it is; so a file belongs to the invocation
/// that ran when it was first seen, and where several ran, to the one that it still grows for when the others have
/// ended. What cannot be told apart fails nobody. The folder is looked at, not fenced: an invocation may fill more for
/// the moment between two looks, and what it writes elsewhere is not seen. What an invocation leaves is deleted with
/// it.
final class FunctionStorage {
    /// Set by the launcher, to a folder that is for temporary files of this process alone.
    private static final String FOLDER = "baton.tmp";
    /// Of Lambda's functions, if nothing else is said.
    /// [Lambda quotas](https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html)
    static final long BYTES = 512L << 20;

    private static final Duration LOOK = Duration.ofMillis(50);
    /// What the embedded AWS keeps there.
    private static final List<String> NOT_THEIRS = List.of("baton-functions-", "baton-container-", "functions");

    private final Path folder;
    private final Set<Use> running = new LinkedHashSet<>();
    private final Map<Path, Found> files = new HashMap<>();
    private @Nullable Thread looking;

    FunctionStorage(Path folder) {
        this.folder = folder;
    }

    /// A file, and whose it may be.
    private static final class Found {
        private final Set<Use> owners;
        /// In bytes: what was there when it was not yet clear whose it is.
        private long before;
        private long size;

        Found(Set<Use> owners) {
            this.owners = owners;
        }
    }

    /// The use that one invocation makes of the storage.
    private static final class Use {
        private final Thread thread = Thread.currentThread();
        private final AtomicBoolean exceeded = new AtomicBoolean();
    }

    private static final class Own {
        static final @Nullable FunctionStorage STORAGE = of(System.getProperty(FOLDER));

        private static @Nullable FunctionStorage of(@Nullable String folder) {
            return folder == null ? null : new FunctionStorage(Path.of(folder));
        }
    }

    /// The handler, with this process's storage; the handler itself where the process has no folder of its own.
    static RequestStreamHandler bounded(RequestStreamHandler handler) {
        var storage = Own.STORAGE;
        return storage == null ? handler : storage.bound(handler);
    }

    /// The handler, failing as in Lambda once it has filled its storage.
    RequestStreamHandler bound(RequestStreamHandler handler) {
        return (in, out, context) -> {
            var use = new Use();
            begin(use);
            try {
                handler.handleRequest(in, out, context);
            } catch (IOException | RuntimeException e) {
                if (end(use)) {
                    throw full(e);
                }
                throw e;
            } finally {
                end(use);
            }
            if (use.exceeded.get()) {
                throw full(null);
            }
        };
    }

    private static IOException full(@Nullable Exception cause) {
        // It was interrupted to be stopped, and is to be the next one's thread unharmed.
        Thread.interrupted();
        return new IOException("No space left on device", cause);
    }

    private synchronized void begin(Use use) {
        // What is there belongs to those before.
        look();
        running.add(use);
        if (looking == null) {
            looking = Thread.ofVirtual().name("function-storage").start(this::lookOn);
        }
    }

    private void lookOn() {
        while (true) {
            synchronized (this) {
                if (running.isEmpty()) {
                    looking = null;
                    return;
                }
                look();
                try {
                    wait(LOOK.toMillis());
                } catch (InterruptedException e) {
                    looking = null;
                    return;
                }
            }
        }
    }

    /// Looks a last time, and deletes what is the invocation's alone.
    ///
    /// @return whether it used more than there is
    private synchronized boolean end(Use use) {
        if (!running.contains(use)) {
            return use.exceeded.get();
        }
        look();
        running.remove(use);
        files.entrySet().removeIf(entry -> {
            var found = entry.getValue();
            if (!found.owners.remove(use)) {
                return false;
            }
            if (found.owners.isEmpty()) {
                return delete(entry.getKey());
            }
            found.before = found.size;
            return false;
        });
        return use.exceeded.get();
    }

    private static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file) || true;
        } catch (IOException e) {
            // Somebody holds it; it is looked at no more.
            return true;
        }
    }

    private synchronized void look() {
        var sizes = sizes();
        files.keySet().retainAll(sizes.keySet());
        sizes.forEach((file, size) ->
                files.computeIfAbsent(file, added -> new Found(new HashSet<>(running))).size = size);
        for (var use : running) {
            var used = files.values().stream()
                    .filter(found -> found.owners.size() == 1 && found.owners.contains(use))
                    .mapToLong(found -> found.size - found.before)
                    .sum();
            if (used > BYTES && use.exceeded.compareAndSet(false, true)) {
                // Writes to channels end with that at once; others go on until the handler returns.
                use.thread.interrupt();
            }
        }
    }

    private Map<Path, Long> sizes() {
        var sizes = new HashMap<Path, Long>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
                    return NOT_THEIRS.stream()
                                    .anyMatch(name ->
                                            inside.getFileName().toString().startsWith(name))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sizes.put(file, attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // It is gone already.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException | UncheckedIOException e) {
            return sizes;
        }
        return sizes;
    }
}
