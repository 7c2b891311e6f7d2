package dev.baton.cli.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Lines of evidence in the order of time, kind and id, however many there are: what does not fit into memory is sorted
/// in files of a temporary folder, and merged. A line that was added twice is there once.
final class SortedLines implements Closeable {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final int MOST_RUNS = 64;

    private final Path folder;
    private final int most;
    private final List<SortedLine> some = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private int characters;
    private int files;

    SortedLines() throws IOException {
        this(MOST_CHARACTERS);
    }

    /// @param most characters that are kept in memory
    SortedLines(int most) throws IOException {
        this.most = most;
        folder = Files.createTempDirectory("baton-audit");
    }

    /// A line by what sorts it.
    record SortedLine(String order, String beginning) implements Comparable<SortedLine> {
        @Override
        public int compareTo(SortedLine other) {
            var first = order.compareTo(other.order);
            return first == 0 ? beginning.compareTo(other.beginning) : first;
        }

        String time() {
            return order.substring(0, order.indexOf('\n'));
        }
    }

    /// The receiver of lines in their order.
    @FunctionalInterface
    interface Receiver {
        void accept(SortedLine line) throws IOException;
    }

    void add(EvidenceLine line) throws IOException {
        var sorted = new SortedLine(line.order(), line.beginning());
        some.add(sorted);
        characters += sorted.order.length() + sorted.beginning.length();
        if (characters > most) {
            spill();
        }
    }

    /// Gives out all, in their order.
    void forEach(Receiver receiver) throws IOException {
        if (runs.isEmpty()) {
            Collections.sort(some);
            @Nullable SortedLine last = null;
            for (var line : some) {
                if (!line.equals(last)) {
                    receiver.accept(line);
                }
                last = line;
            }
        } else {
            spill();
            merge(runs, receiver);
        }
    }

    private void spill() throws IOException {
        if (some.isEmpty()) {
            return;
        }
        Collections.sort(some);
        try (var out = new RunFile(next())) {
            for (var line : some) {
                out.accept(line);
            }
        }
        some.clear();
        characters = 0;
        if (runs.size() == MOST_RUNS) {
            var before = List.copyOf(runs);
            runs.clear();
            try (var out = new RunFile(next())) {
                merge(before, out);
            }
            for (var run : before) {
                Files.delete(run);
            }
        }
    }

    private Path next() {
        var run = folder.resolve("run-" + files++);
        runs.add(run);
        return run;
    }

    private static void merge(List<Path> files, Receiver receiver) throws IOException {
        var open = new ArrayList<RunReader>();
        try {
            var queue = new PriorityQueue<RunReader>();
            for (var file : files) {
                var reader = new RunReader(file);
                open.add(reader);
                if (reader.head != null) {
                    queue.add(reader);
                }
            }
            @Nullable SortedLine last = null;
            while (!queue.isEmpty()) {
                var reader = queue.remove();
                var line = reader.take();
                if (!line.equals(last)) {
                    receiver.accept(line);
                }
                last = line;
                if (reader.head != null) {
                    queue.add(reader);
                }
            }
        } finally {
            for (var reader : open) {
                reader.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (var run : runs) {
            Files.deleteIfExists(run);
        }
        Files.deleteIfExists(folder);
    }

    /// The writing of a file of sorted lines.
    private static final class RunFile implements Receiver, Closeable {
        private final DataOutputStream out;

        RunFile(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        }

        @Override
        public void accept(SortedLine line) throws IOException {
            write(line.order);
            write(line.beginning);
        }

        private void write(String text) throws IOException {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /// A file of sorted lines, of which the next is known.
    private static final class RunReader implements Comparable<RunReader>, Closeable {
        private final DataInputStream in;
        private @Nullable SortedLine head;

        RunReader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
            head = read();
        }

        SortedLine take() throws IOException {
            var line = known();
            head = read();
            return line;
        }

        private SortedLine known() {
            var line = head;
            if (line == null) {
                throw new IllegalStateException("there is no further line");
            }
            return line;
        }

        private @Nullable SortedLine read() throws IOException {
            try {
                return new SortedLine(text(), text());
            } catch (EOFException e) {
                return null;
            }
        }

        private String text() throws IOException {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }

        @Override
        public int compareTo(RunReader other) {
            return known().compareTo(other.known());
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
