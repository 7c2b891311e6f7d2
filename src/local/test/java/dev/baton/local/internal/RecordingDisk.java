package dev.baton.local.internal;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// A disk in memory that remembers every operation, and shows what a crash after any of them could have left.
///
/// A process that is killed leaves all that it did, the last write perhaps in part. A machine that loses its power
/// keeps, of each file, what was forced, and of later writes any part; of each folder, the entries that were forced,
/// and of later ones any.
public final class RecordingDisk implements Disk {
    private final Map<Path, File> files = new TreeMap<>();
    private final Set<Path> folders = new TreeSet<>();
    private final List<Operation> log = new ArrayList<>();
    private int room = Integer.MAX_VALUE;

    private static final class File {
        private byte[] content = new byte[0];

        void write(byte[] bytes, long at, int count) {
            int end = (int) at + count;
            if (content.length < end) {
                content = Arrays.copyOf(content, end);
            }
            System.arraycopy(bytes, 0, content, (int) at, count);
        }
    }

    private sealed interface Operation {
        record Made(Path path, File file) implements Operation {}

        record Written(File file, long at, byte[] bytes) implements Operation {}

        record Truncated(File file, long size) implements Operation {}

        record Forced(File file) implements Operation {}

        record Moved(Path from, Path to, File file) implements Operation {}

        record Deleted(Path path) implements Operation {}

        record FolderMade(Path folder) implements Operation {}

        record FolderForced(Path folder) implements Operation {}
    }

    /// How a crash ends the process.
    public enum Crash {
        KILLED,
        POWER_LOST
    }

    /// How many operations there were.
    public int operations() {
        return log.size();
    }

    /// Has room for so many more bytes; every write beyond that fails, and what makes or forces something fails at
    /// none.
    public void room(int bytes) {
        room = bytes;
    }

    private static IOException full() {
        return new IOException("No space left on device");
    }

    private void needRoom() throws IOException {
        if (room <= 0) {
            throw full();
        }
    }

    @Override
    public Handle open(Path file) throws IOException {
        var known = files.get(file);
        return new Open(known == null ? make(file) : known);
    }

    @Override
    public Handle create(Path file) throws IOException {
        return new Open(make(file));
    }

    private File make(Path path) throws IOException {
        needRoom();
        if (!folders.contains(path.getParent())) {
            throw new NoSuchFileException(path.toString());
        }
        var made = new File();
        files.put(path, made);
        log.add(new Operation.Made(path, made));
        return made;
    }

    @Override
    public InputStream read(Path file, long offset) throws IOException {
        var known = files.get(file);
        if (known == null) {
            throw new NoSuchFileException(file.toString());
        }
        int from = (int) Math.min(offset, known.content.length);
        return new ByteArrayInputStream(known.content, from, known.content.length - from);
    }

    @Override
    public boolean exists(Path file) {
        return files.containsKey(file) || folders.contains(file);
    }

    @Override
    public List<Entry> list(Path folder) {
        var entries = new ArrayList<Entry>();
        files.forEach((path, file) -> {
            if (folder.equals(path.getParent())) {
                entries.add(new Entry(path.getFileName().toString(), false, file.content.length));
            }
        });
        for (var path : folders) {
            if (folder.equals(path.getParent())) {
                entries.add(new Entry(path.getFileName().toString(), true, 0));
            }
        }
        return entries;
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        needRoom();
        for (var each = folder; each != null && folders.add(each); each = each.getParent()) {
            log.add(new Operation.FolderMade(each));
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        needRoom();
        var file = files.remove(from);
        if (file == null) {
            throw new NoSuchFileException(from.toString());
        }
        files.put(to, file);
        log.add(new Operation.Moved(from, to, file));
    }

    @Override
    public void delete(Path file) {
        if (files.remove(file) != null) {
            log.add(new Operation.Deleted(file));
        }
    }

    @Override
    public void force(Path folder) throws IOException {
        needRoom();
        log.add(new Operation.FolderForced(folder));
    }

    @Override
    public Closeable lock(Path file) {
        return () -> {};
    }

    /// The disk that the next start finds.
    ///
    /// @param after how many operations were made
    public RecordingDisk crashed(int after, Crash crash, RandomGenerator random) {
        var left = new RecordingDisk();
        var copies = new HashMap<File, File>();
        var forced = new HashMap<File, Integer>();
        var foldersForced = new HashMap<Path, Integer>();
        for (int i = 0; i < after; i++) {
            switch (log.get(i)) {
                case Operation.Forced(var file) -> forced.put(file, i);
                case Operation.FolderForced(var folder) -> foldersForced.put(folder, i);
                default -> {}
            }
        }
        boolean power = crash == Crash.POWER_LOST;
        for (int i = 0; i < after; i++) {
            var now = i;
            switch (log.get(i)) {
                case Operation.Made(var path, var file) -> {
                    var copy = copies.computeIfAbsent(file, same -> new File());
                    if (stays(path, now, foldersForced, power, random)) {
                        left.files.put(path, copy);
                    }
                }
                case Operation.Written(var file, var at, var bytes) -> {
                    var copy = copies.computeIfAbsent(file, same -> new File());
                    boolean safe = forced.getOrDefault(file, -1) > now;
                    if (safe || !power && now + 1 < after) {
                        copy.write(bytes, at, bytes.length);
                    } else {
                        tear(copy, at, bytes, power, random);
                    }
                }
                case Operation.Truncated(var file, var size) -> {
                    if (!power || forced.getOrDefault(file, -1) > now || random.nextBoolean()) {
                        var copy = copies.computeIfAbsent(file, same -> new File());
                        copy.content = Arrays.copyOf(copy.content, (int) size);
                    }
                }
                case Operation.Moved(var from, var to, var file) -> {
                    boolean there = stays(to, now, foldersForced, power, random);
                    if (there) {
                        left.files.put(to, copies.computeIfAbsent(file, same -> new File()));
                    }
                    boolean together = from.getParent().equals(to.getParent());
                    if (together ? there : stays(from, now, foldersForced, power, random)) {
                        left.files.remove(from);
                    }
                }
                case Operation.Deleted(var path) -> {
                    if (stays(path, now, foldersForced, power, random)) {
                        left.files.remove(path);
                    }
                }
                case Operation.FolderMade(var folder) -> left.folders.add(folder);
                case Operation.Forced(var file) -> {}
                case Operation.FolderForced(var folder) -> {}
            }
        }
        return left.withHistory();
    }

    /// What is there belongs to the past of this disk, and is safe.
    private RecordingDisk withHistory() {
        folders.forEach(folder -> log.add(new Operation.FolderMade(folder)));
        files.forEach((path, file) -> {
            log.add(new Operation.Made(path, file));
            log.add(new Operation.Written(file, 0, file.content.clone()));
            log.add(new Operation.Forced(file));
        });
        folders.forEach(folder -> log.add(new Operation.FolderForced(folder)));
        return this;
    }

    private static boolean stays(
            Path path, int now, Map<Path, Integer> forced, boolean power, RandomGenerator random) {
        return !power || forced.getOrDefault(path.getParent(), -1) > now || random.nextBoolean();
    }

    /// Nothing of it, its beginning, its end after a hole, or all.
    private static void tear(File file, long at, byte[] bytes, boolean power, RandomGenerator random) {
        int count = random.nextInt(bytes.length + 1);
        switch (power ? random.nextInt(4) : random.nextInt(2)) {
            case 0 -> file.write(bytes, at, bytes.length);
            case 1 -> file.write(bytes, at, count);
            case 2 -> {
                var holed = bytes.clone();
                Arrays.fill(holed, 0, count, (byte) 0);
                file.write(holed, at, bytes.length);
            }
            default -> {}
        }
    }

    /// The content of every file, for who compares.
    public Map<Path, byte[]> contents() {
        var contents = new LinkedHashMap<Path, byte[]>();
        files.forEach((path, file) -> contents.put(path, file.content.clone()));
        return contents;
    }

    /// Puts a file there as somebody else might.
    public void spoil(Path path, byte[] content) {
        var file = new File();
        file.content = content.clone();
        files.put(path, file);
    }

    private final class Open implements Handle {
        private final File file;

        Open(File file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.content.length;
        }

        @Override
        public int read(ByteBuffer into, long at) {
            if (at >= file.content.length) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), file.content.length - at);
            into.put(file.content, (int) at, count);
            return count;
        }

        @Override
        public void write(ByteBuffer from, long at) throws IOException {
            var bytes = new byte[Math.min(from.remaining(), Math.max(room, 0))];
            boolean fits = bytes.length == from.remaining();
            from.get(bytes);
            room = room == Integer.MAX_VALUE ? room : room - bytes.length;
            if (bytes.length > 0) {
                file.write(bytes, at, bytes.length);
                log.add(new Operation.Written(file, at, bytes));
            }
            if (!fits) {
                throw full();
            }
        }

        @Override
        public void truncate(long size) {
            if (size < file.content.length) {
                file.content = Arrays.copyOf(file.content, (int) size);
                log.add(new Operation.Truncated(file, size));
            }
        }

        @Override
        public void force() {
            log.add(new Operation.Forced(file));
        }

        @Override
        public void close() {}
    }
}
