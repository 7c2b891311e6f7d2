package dev.baton.local.s3;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.local.internal.Disk;
import dev.baton.local.internal.StoreFindings;
import dev.baton.local.internal.UnreadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// The files of objects that lie in a folder at the start, against those that objects are made of.
///
/// @param sizes of the files, by name
/// @param incoming names of those that were being written
record BlobInventory(Disk disk, Path folder, BlobTable sizes, List<String> incoming) {

    /// The objects that blobs belong to.
    @FunctionalInterface
    interface Objects {
        /// @param into is told of each part of each object, and of bucket and key
        void forEach(BiConsumer<Blob.InFile, Supplier<String>> into);
    }

    static BlobInventory of(Disk disk, Path folder) throws IOException {
        var sizes = new BlobTable();
        for (var drawer : disk.list(folder)) {
            if (drawer.folder() && !drawer.name().equals(FileBlobs.INCOMING)) {
                for (var file : disk.list(folder.resolve(drawer.name()))) {
                    sizes.put(file.name(), file.size());
                }
            }
        }
        var incoming = disk.list(folder.resolve(FileBlobs.INCOMING)).stream()
                .map(Disk.Entry::name)
                .toList();
        return new BlobInventory(disk, folder, sizes, incoming);
    }

    boolean isEmpty() {
        return sizes.size() == 0;
    }

    UnreadableFile lost(Path journal) {
        return StoreFindings.lostJournal(journal, sizes.size());
    }

    /// LOC007 for the objects that have not all their bytes.
    ///
    List<Diagnostic> missing(Objects objects) {
        var named = new TreeSet<String>();
        objects.forEach((blob, object) -> {
            if (sizes.getOrDefault(blob.id(), -1L) != blob.length()) {
                named.add(object.get());
            }
        });
        return named.isEmpty() ? List.of() : List.of(StoreFindings.missing(folder, List.copyOf(named)));
    }

    /// Removes what a process left that was ended in the middle of something. Only where the whole journal was
    /// understood.
    void removeAllBut(Objects objects) throws IOException {
        for (var name : incoming) {
            disk.delete(folder.resolve(FileBlobs.INCOMING).resolve(name));
        }
        for (var id : unknown(objects)) {
            disk.delete(FileBlobs.place(folder, id));
        }
    }

    /// Moves what no object is made of out of the way.
    List<Diagnostic> setAside(Objects objects, Path aside) throws IOException {
        var unknown = unknown(objects);
        if (unknown.isEmpty()) {
            return List.of();
        }
        disk.createFolders(aside);
        for (var id : unknown) {
            disk.move(FileBlobs.place(folder, id), aside.resolve(id));
        }
        disk.force(aside);
        return List.of(StoreFindings.setAside(folder, unknown.size(), aside));
    }

    /// Asked once: what is known is taken out of the inventory.
    private List<String> unknown(Objects objects) {
        objects.forEach((blob, object) -> sizes.remove(blob.id()));
        return sizes.ids();
    }
}
