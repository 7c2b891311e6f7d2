package dev.baton.local.internal;

import dev.baton.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The salvage of a file that stopped the start, as `--salvage` asks for it: the file as it was is set aside, and what
/// of it can be read takes its place.
public final class Salvage {
    private Salvage() {}

    /// Sets a file aside that stopped the start.
    ///
    /// @param folder the whole store's, in which `set-aside` is made
    /// @return LOC009
    public static Diagnostic of(UnreadableFile unreadable, Disk disk, Path folder) throws IOException {
        var file = unreadable.file();
        var aside = free(
                disk,
                folder.resolve("set-aside"),
                folder.relativize(file).toString().replace('/', '-'));
        disk.createFolders(Disk.folderOf(aside));
        boolean journal = "journal".equals(file.getFileName().toString());
        // The file stays where it is until what takes its place is whole.
        if (journal) {
            return StoreFindings.salvaged(file, journal(disk, file, aside, unreadable), aside);
        }
        disk.move(file, aside);
        disk.force(Disk.folderOf(aside));
        disk.force(Disk.folderOf(file));
        return StoreFindings.salvaged(file, "nothing of it is read", aside);
    }

    private static Path free(Disk disk, Path folder, String name) {
        var path = folder.resolve(name);
        for (int number = 2; disk.exists(path); number++) {
            path = folder.resolve(name + "-" + number);
        }
        return path;
    }

    private static String journal(Disk disk, Path file, Path aside, UnreadableFile unreadable) throws IOException {
        List<byte[]> records = new ArrayList<>();
        long lost = 0;
        try (var handle = disk.open(file)) {
            long end = 0;
            var search = new RecordSearch(handle);
            for (var found = search.next(0); found != null; found = search.next(found.end())) {
                lost += found.at() - end;
                end = found.end();
                if (found.at() != unreadable.senseless()) {
                    records.add(RecordFile.plain(found.text()));
                } else {
                    lost += RecordSearch.HEAD + found.text().length;
                }
            }
            lost += handle.size() - end;
        }
        disk.copy(file, aside);
        disk.force(Disk.folderOf(aside));
        disk.replace(file, RecordFile.framed(records));
        return records.size() + " records are read, " + lost + " bytes are not";
    }
}
