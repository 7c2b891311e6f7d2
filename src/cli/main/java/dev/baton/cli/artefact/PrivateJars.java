package dev.baton.cli.artefact;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The copies of jars that one command works with, so that a jar which is rebuilt or deleted meanwhile is not read
/// half.
///
/// Copies, for a build that writes into the file which is there would change a hard link too. They are in a folder of
/// their own beside a file that stays locked while the process lives: what a killed process left is deleted by the
/// next.
final class PrivateJars implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final int ATTEMPTS = 5;

    /// What each copy is of.
    private static final Map<Path, Path> ORIGINS = new ConcurrentHashMap<>();

    private final Path folder;
    private final @Nullable FileChannel lock;
    private final Thread atExit = new Thread(this::delete, "private-jars");
    private int sets;

    private PrivateJars(Path folder, @Nullable FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        // A command that is stopped by Ctrl-C does not come to its end.
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// @param parent of the folders of all commands
    static PrivateJars in(Path parent) {
        try {
            Files.createDirectories(parent);
            sweep(parent);
            while (true) {
                var name = UUID.randomUUID().toString();
                var lock = FileChannel.open(
                        parent.resolve(name + LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (lock.tryLock() != null) {
                    return new PrivateJars(Files.createDirectory(parent.resolve(name)), lock);
                }
                lock.close();
            }
        } catch (IOException e) {
            return elsewhere();
        }
    }

    /// The place for copies where the command's own folder cannot be written, as in an image of somebody else's.
    private static PrivateJars elsewhere() {
        try {
            return new PrivateJars(Files.createTempDirectory("baton-jars"), null);
        } catch (IOException e) {
            throw new UncheckedIOException("jars cannot be copied", e);
        }
    }

    private static void sweep(Path parent) throws IOException {
        try (var locks = Files.newDirectoryStream(parent, "*" + LOCK)) {
            for (var file : locks) {
                sweepOne(file);
            }
        }
    }

    private static void sweepOne(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                var name = file.getFileName().toString();
                delete(file.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                Files.delete(file);
            }
        } catch (OverlappingFileLockException e) {
            // Another call of this very process works with it.
        } catch (IOException e) {
            // Another process was quicker.
        }
    }

    /// A folder for the copies of one artefact.
    Path artefact() {
        try {
            return Files.createDirectory(folder.resolve(Integer.toString(sets++)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a copy is of, a jar or a folder of classes; the path itself where it is no copy.
    static Path origin(Path copy) {
        return ORIGINS.getOrDefault(copy.toAbsolutePath().normalize(), copy);
    }

    /// Keeps in mind what a copy is of.
    static void copied(Path origin, Path copy) {
        ORIGINS.put(copy.toAbsolutePath().normalize(), origin.toAbsolutePath().normalize());
    }

    /// A copy of a jar, whole, as old as that.
    ///
    /// @param artefact the folder, [#artefact]
    /// @throws DiagnosticException CLI029 when the file is not a jar, CLI050 when it does not stay as it is
    static Path copy(Path jar, Path artefact) {
        var copy = artefact.resolve(jar.getFileName());
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                var before = state(jar);
                Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                if (before.equals(state(jar)) && Files.size(copy) == Files.size(jar)) {
                    // Java passes over what it cannot open on a class path, and a pipeline would be missing without a
                    // word.
                    new ZipFile(copy.toFile()).close();
                    copied(jar, copy);
                    return copy;
                }
            } catch (NoSuchFileException e) {
                // Deleted for a moment, before a build writes it again.
            } catch (IOException e) {
                throw new DiagnosticException(Diagnostic.error(
                        "CLI029",
                        Location.named(jar.toString()),
                        "is not a jar: " + e.getMessage(),
                        "give the jar that your build makes, such as target/shop.jar"));
            }
        }
        throw new DiagnosticException(Diagnostic.error(
                "CLI050",
                Location.named(jar.toString()),
                "is being written, and was another file each time that it was read",
                "call the command again when the build has ended"));
    }

    private static String state(Path jar) throws IOException {
        var attributes = Files.readAttributes(jar, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook has its turn too.
        }
    }

    private synchronized void delete() {
        ORIGINS.keySet()
                .removeIf(copy -> copy.startsWith(folder.toAbsolutePath().normalize()));
        try {
            delete(folder);
            if (lock != null && lock.isOpen()) {
                Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + LOCK));
                lock.close();
            }
        } catch (IOException e) {
            // The next command sweeps.
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var inside = Files.walk(folder)) {
                for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
