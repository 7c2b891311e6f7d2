package dev.baton.local.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder in which an embedded AWS keeps everything, for its owner alone.
public final class DataFolder {
    private static final String[] OWN = {"s3", "iam"};

    private DataFolder() {}

    /// Makes the folder, or takes the rights of others away from it where it is empty or holds an embedded AWS: a
    /// folder that somebody has other things in stays as it is.
    public static void prepare(Path folder) throws IOException {
        LocalDisk.DISK.createFolders(folder);
        boolean own = LocalDisk.DISK.list(folder).isEmpty();
        for (var name : OWN) {
            own |= Files.isDirectory(folder.resolve(name));
        }
        if (!own) {
            return;
        }
        LocalDisk.keepForOwner(folder);
        for (var entry : LocalDisk.DISK.list(folder)) {
            LocalDisk.keepForOwner(folder.resolve(entry.name()));
        }
    }
}
