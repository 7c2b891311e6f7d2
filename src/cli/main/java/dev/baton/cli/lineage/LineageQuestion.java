package dev.baton.cli.lineage;

import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.lambda.lineage.RecordArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A question for a lineage.
///
/// @param uri of an object, as tasks name it
/// @param version of it; null where none was named: up, what the newest record is about, and down, all of them
/// @param direction null where none was named: up from what a task makes, down from an upload
/// @param depth how many steps are followed at most
public record LineageQuestion(
        String uri, @Nullable String version, @Nullable Direction direction, int depth) {

    /// Answers it.
    ///
    /// @param index the file of the [LineageIndex], which only the way down takes
    /// @throws DiagnosticException CLI054 when nothing is recorded of the object, CLI055 when nothing of the version
    public LineageGraph answer(
            RecordArchive archive, OutputTemplates templates, Path index, Consumer<Diagnostic> warnings)
            throws IOException {
        var isMade = templates.record(uri).isPresent();
        if (isMade && direction != Direction.DOWN) {
            var ancestors = new Ancestors(archive, templates, warnings);
            var root = ancestors.output(uri, version);
            if (root.isEmpty()) {
                throw missing(ancestors
                        .output(uri, null)
                        .map(LineageNode.Made::dataset)
                        .orElse(null));
            }
            return LineageGraph.from(List.of(root.get()), ancestors, depth);
        }
        var descendants = new Descendants(recorded(archive, index, warnings), templates);
        var roots = descendants.versions(uri, version);
        if (roots.isEmpty()) {
            var others = descendants.versions(uri, null);
            throw missing(others.isEmpty() ? null : others.getFirst().dataset());
        }
        return direction == Direction.UP
                // An upload was made from nothing that is known here.
                ? LineageGraph.from(roots, new Ancestors(archive, templates, warnings), depth)
                : LineageGraph.from(roots, descendants, depth);
    }

    private List<Derivation> recorded(RecordArchive archive, Path index, Consumer<Diagnostic> warnings)
            throws IOException {
        try (var records = LineageIndex.of(archive, index, warnings)) {
            return records.below(uri);
        }
    }

    private DiagnosticException missing(@Nullable DatasetVersion newest) {
        return version == null || newest == null
                ? LineageFindings.nothingRecorded(uri)
                : LineageFindings.versionUnknown(new DatasetVersion(uri, version), newest.version());
    }
}
