package dev.baton.local.s3;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.local.internal.Disk;
import dev.baton.local.internal.RecordFile;
import dev.baton.local.internal.StoredJson;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The journal of a folder: whatever was answered is in it, since [#await] returns only when the disk has it.
final class FileChangeJournal implements ChangeJournal {
    private final RecordFile file;
    private final Closeable lock;

    /// Opens or begins the journal of a folder.
    ///
    /// @param lock of the folder, which is let go with the journal
    FileChangeJournal(Disk disk, Path folder, Closeable lock) throws IOException {
        this.file = new RecordFile(disk, folder.resolve("journal"), true);
        this.lock = lock;
    }

    @Override
    public List<Diagnostic> replay(Consumer<Change> into) throws IOException {
        return file.replay(text -> into.accept(ChangeJson.change(new StoredJson(Json.parseObject(text)))));
    }

    @Override
    public long append(Change change) {
        return file.append(text(change));
    }

    private static byte[] text(Change change) {
        return Json.bytes(ChangeJson.json(change));
    }

    @Override
    public void await(long ticket) throws IOException {
        file.await(ticket);
    }

    @Override
    public long durable() {
        return file.durable();
    }

    @Override
    public long revoke() {
        return file.revoke();
    }

    /// All changes that there are to be.
    @FunctionalInterface
    interface Changes {
        void forEach(Consumer<Change> into);
    }

    /// Begins the file anew with these changes alone, in one step. Only before the first [#append].
    void rewrite(Changes changes) throws IOException {
        file.rewrite(into -> changes.forEach(change -> into.accept(text(change))));
    }

    long length() {
        return file.length();
    }

    @Override
    public void close() {
        file.close();
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot let the folder go", e);
        }
    }
}
