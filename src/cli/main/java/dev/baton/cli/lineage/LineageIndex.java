package dev.baton.cli.lineage;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.lambda.lineage.ArchivedRecord;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.lambda.lineage.RecordVersion;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The content of all records of a state bucket, those too that others have replaced: the way down needs all of them.
///
/// Records are the truth, and the index is a copy of them on this machine. Each question lists the versions of records,
/// a request a thousand, and reads those alone that the copy lacks; a version of an object never changes. So the copy is
/// never stale, and is rebuilt by deleting it.
public final class LineageIndex {
    private static final int BATCH = 500;

    private final Map<Object, Object> pool = new HashMap<>();
    private final List<Derivation> derivations = new ArrayList<>();

    private LineageIndex() {}

    /// What is recorded now.
    ///
    /// @param file of the copy; made where there is none
    /// @param warnings takes what cannot be read
    public static LineageIndex of(RecordArchive archive, Path file, Consumer<Diagnostic> warnings) throws IOException {
        var wanted = new HashMap<Id, RecordVersion>();
        archive.list().forEach(place -> wanted.put(Id.of(place), place));
        var index = new LineageIndex();
        var kept = index.take(file, wanted);
        if (wanted.isEmpty() && kept.isWhole()) {
            return index;
        }
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var next = Files.createTempFile(folder, "index", ".tmp");
        try {
            try (var out = Files.newBufferedWriter(next)) {
                for (var line : kept.lines()) {
                    out.write(line);
                    out.newLine();
                }
                index.read(archive, List.copyOf(wanted.values()), out, warnings);
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
        return index;
    }

    /// What tells a version of a record from all others, in all buckets of one name.
    private record Id(String key, String version, String etag) {
        static Id of(RecordVersion place) {
            return new Id(place.key(), place.version(), place.etag());
        }
    }

    /// The lines of a copy that still hold.
    ///
    /// @param isWhole whether these are all lines that it has
    private record Kept(List<String> lines, boolean isWhole) {}

    /// Takes what the copy has of what is wanted, and takes it from that.
    private Kept take(Path file, Map<Id, RecordVersion> wanted) throws IOException {
        if (!Files.exists(file)) {
            return new Kept(List.of(), wanted.isEmpty());
        }
        var lines = new ArrayList<String>();
        var whole = true;
        try (var in = Files.newBufferedReader(file)) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var parsed = IndexLine.parse(line);
                var place = parsed.isEmpty()
                        ? null
                        : wanted.remove(Id.of(parsed.get().place()));
                if (place == null) {
                    whole = false;
                } else {
                    lines.add(line);
                    add(parsed.get().derivation(), place.latest());
                }
            }
        }
        return new Kept(lines, whole);
    }

    private void read(
            RecordArchive archive, List<RecordVersion> places, BufferedWriter out, Consumer<Diagnostic> warnings)
            throws IOException {
        for (var from = 0; from < places.size(); from += BATCH) {
            for (var record : archive.read(places.subList(from, Math.min(places.size(), from + BATCH)))) {
                switch (record) {
                    case ArchivedRecord.Intact intact -> {
                        var derivation =
                                Derivation.of(intact.record(), intact.place().latest());
                        out.write(new IndexLine(intact.place(), derivation).text());
                        out.newLine();
                        add(derivation, intact.place().latest());
                    }
                    case ArchivedRecord.Unreadable unreadable ->
                        warnings.accept(LineageFindings.unreadable(unreadable));
                }
            }
        }
    }

    /// Texts and objects that many records name are kept once.
    private void add(Derivation made, boolean isCurrent) {
        derivations.add(new Derivation(
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
                isCurrent));
    }

    @SuppressWarnings("unchecked")
    private <T> T pooled(T value) {
        var known = pool.putIfAbsent(value, value);
        return known == null ? value : (T) known;
    }

    /// All that was made, in no order.
    List<Derivation> derivations() {
        return derivations;
    }
}
