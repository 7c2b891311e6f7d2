package dev.baton.cli.lineage;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.lambda.lineage.ArchivedRecord;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.lambda.lineage.RecordVersion;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The content of all records of a state bucket, those too that others have replaced: the way down needs all of them.
///
/// Records are the truth, and the index is a copy of them on this machine. Each question lists the versions of records,
/// a request a thousand, and reads those alone that the copy lacks; a version of an object never changes. So the copy is
/// never stale, and is rebuilt by deleting it. Of what it says only the edges are held in memory, as numbers; lines are
/// read as they are needed.
public final class LineageIndex implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final IndexEdges edges = new IndexEdges();
    private final BitSet current = new BitSet();
    /// Where each line begins, and where the next one would.
    private long[] starts = new long[16];
    private int size;
    private @Nullable RandomAccessFile lines;
    private final Map<Object, Object> pool = new HashMap<>();

    private LineageIndex() {}

    /// What is recorded now.
    ///
    /// @param file of the copy; made where there is none
    /// @param warnings takes what cannot be read
    public static LineageIndex of(RecordArchive archive, Path file, Consumer<Diagnostic> warnings) throws IOException {
        var index = new LineageIndex();
        var places = archive.list().iterator();
        if (!places.hasNext() && !Files.exists(file)) {
            return index;
        }
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var next = Files.createTempFile(folder, "index", ".tmp");
        try {
            try (var known = IndexFile.open(file);
                    var out = new BufferedOutputStream(Files.newOutputStream(next))) {
                index.write(places, known, archive, out, warnings);
            }
            index.lines = new RandomAccessFile(next.toFile(), "r");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
        return index;
    }

    private void write(
            Iterator<RecordVersion> places,
            IndexFile known,
            RecordArchive archive,
            OutputStream out,
            Consumer<Diagnostic> warnings)
            throws IOException {
        while (places.hasNext()) {
            var batch = new ArrayList<RecordVersion>();
            var found = new HashMap<RecordVersion, IndexLine>();
            var missing = new ArrayList<RecordVersion>();
            while (places.hasNext() && batch.size() < BATCH) {
                var place = places.next();
                batch.add(place);
                known.line(place.key(), place.version(), place.etag())
                        .ifPresentOrElse(line -> found.put(place, line), () -> missing.add(place));
            }
            for (var record : archive.read(missing)) {
                switch (record) {
                    case ArchivedRecord.Intact intact ->
                        found.put(
                                intact.place(),
                                IndexLine.of(
                                        intact.place().key(),
                                        intact.place().version(),
                                        intact.place().etag(),
                                        Derivation.of(
                                                intact.record(), intact.place().latest())));
                    case ArchivedRecord.Unreadable unreadable ->
                        warnings.accept(LineageFindings.unreadable(unreadable));
                }
            }
            for (var place : batch) {
                var line = found.get(place);
                if (line != null) {
                    add(line, place.latest(), out);
                }
            }
        }
    }

    private void add(IndexLine line, boolean isCurrent, OutputStream out) throws IOException {
        var text = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(text);
        var number = edges.add(line);
        current.set(number, isCurrent);
        size = number + 1;
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
        }
        starts[size] = starts[number] + text.length;
    }

    /// What is recorded about an object in any version, and about all that was made of it, in no order.
    List<Derivation> below(String uri) throws IOException {
        var found = edges.below(DatasetId.number(uri));
        var derivations = new ArrayList<Derivation>(found.cardinality());
        for (var i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
            derivations.add(pooled(line(i).derivation(current.get(i))));
        }
        return derivations;
    }

    private IndexLine line(int number) throws IOException {
        if (lines == null) {
            throw new IllegalStateException("the index is empty");
        }
        var text = new byte[Math.toIntExact(starts[number + 1] - starts[number]) - 1];
        lines.seek(starts[number]);
        lines.readFully(text);
        return IndexLine.parse(new String(text, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IOException("the index was changed while it was read"));
    }

    /// Texts and objects that many records name are kept once.
    private Derivation pooled(Derivation made) {
        return new Derivation(
                pooled(made.task()),
                made.parameters(),
                pooled(made.pipeline()),
                pooled(made.run()),
                pooled(made.execution()),
                pooled(made.output()),
                made.inputs().stream().map(this::pooled).toList(),
                pooled(made.codeHash()),
                pooled(made.revision()),
                made.roleSession(),
                made.endedAt(),
                made.isCurrent());
    }

    @SuppressWarnings("unchecked")
    private <T> T pooled(T value) {
        var known = pool.putIfAbsent(value, value);
        return known == null ? value : (T) known;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
