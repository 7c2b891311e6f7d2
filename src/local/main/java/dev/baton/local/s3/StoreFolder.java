package dev.baton.local.s3;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.internal.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder that holds a store: `journal` says what there is, `blobs` has the bytes, `lock` keeps a second process out.
///
/// @param salvage whether what cannot be understood is set aside instead of stopping the start
record StoreFolder(Disk disk, Path folder, boolean salvage) {
    /// A journal longer than this is written anew at the start when it tells much that no longer matters.
    private static final long WORTH_REWRITING = 4 << 20;

    /// A folder that was opened.
    ///
    /// @param said of a torn end, and of bytes that are not there
    record Opened(Buckets buckets, List<Diagnostic> said) {}

    Opened open() throws IOException {
        disk.createFolders(folder);
        var lock = disk.lock(folder.resolve("lock"));
        try {
            return open(lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Opened open(Closeable lock) throws IOException {
        var blobs = new FileBlobs(disk, folder.resolve("blobs"), true);
        var journal = new FileChangeJournal(disk, folder, lock);
        var buckets = new Buckets(blobs, journal, salvage);
        var said = new ArrayList<>(buckets.said());
        var inventory = BlobInventory.of(disk, folder.resolve("blobs"));
        if (journal.length() == 0 && !inventory.isEmpty() && !salvage) {
            throw inventory.lost(folder.resolve("journal"));
        }
        said.addAll(inventory.missing(buckets::objects));
        if (salvage) {
            said.addAll(inventory.setAside(
                    buckets::objects, folder.resolveSibling("set-aside").resolve("blobs")));
        } else if (buckets.said().isEmpty()) {
            inventory.removeAllBut(buckets::objects);
        }
        if (journal.length() > WORTH_REWRITING && buckets.isShorterAsChanges()) {
            journal.rewrite(buckets::asChanges);
        }
        return new Opened(buckets, said);
    }
}
