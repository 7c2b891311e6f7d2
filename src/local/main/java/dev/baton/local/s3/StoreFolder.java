package dev.baton.local.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// A folder that holds a store: `journal` says what there is, `blobs` has the bytes, `lock` keeps a second process out.
final class StoreFolder {
    /// A journal longer than this is written anew at the start when it tells much that no longer matters.
    private static final long WORTH_REWRITING = 4 << 20;

    private StoreFolder() {}

    static Buckets open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var lock = lock(folder.resolve("lock"));
        var blobs = new FileBlobs(folder.resolve("blobs"), true);
        var journal = new FileJournal(folder);
        var buckets = new Buckets(blobs, new Locked(journal, lock));
        if (journal.length() > WORTH_REWRITING) {
            journal.rewrite(buckets.asChanges());
        }
        blobs.removeAllBut(buckets.referenced());
        return buckets;
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another store of this process has it; the answer is the same.
            channel.close();
            throw taken(file);
        }
        channel.close();
        throw taken(file);
    }

    private static IOException taken(Path file) {
        return new IOException(
                "another process keeps its S3 in " + file.toAbsolutePath().getParent());
    }

    /// The journal, and the lock that is let go with it.
    private record Locked(FileJournal journal, FileChannel lock) implements Journal {
        @Override
        public void replay(Consumer<Change> into) throws IOException {
            journal.replay(into);
        }

        @Override
        public long append(Change change) {
            return journal.append(change);
        }

        @Override
        public void await(long ticket) throws IOException {
            journal.await(ticket);
        }

        @Override
        public void close() {
            journal.close();
            try {
                lock.close();
            } catch (IOException e) {
                System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot let the folder go", e);
            }
        }
    }
}
