package dev.baton.cli.lineage;

import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.lambda.lineage.ArchivedRecord;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.run.PinnedObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way up: from an output to what it was made from. Each record is read where its task has it, so that nothing is
/// read but what is shown.
final class Ancestors implements LineageGraph.Neighbours {
    private final RecordArchive archive;
    private final OutputTemplates templates;
    private final Consumer<Diagnostic> warnings;
    private final Map<DatasetVersion, LineageNode> known = new HashMap<>();

    Ancestors(RecordArchive archive, OutputTemplates templates, Consumer<Diagnostic> warnings) {
        this.archive = archive;
        this.templates = templates;
        this.warnings = warnings;
    }

    @Override
    public Direction direction() {
        return Direction.UP;
    }

    /// The output of a URI, in a version or as the newest record has it; nothing where no record is about it.
    Optional<LineageNode.Made> output(String uri, @Nullable String version) {
        return templates
                .record(uri)
                .flatMap(key -> made(archive.find(List.of(new RecordArchive.Question(key, uri, version)))
                        .getFirst()));
    }

    @Override
    public List<List<LineageNode>> of(List<LineageNode> nodes) {
        var unknown = new LinkedHashMap<DatasetVersion, PinnedObject>();
        for (var node : nodes) {
            for (var input : inputs(node)) {
                var dataset = DatasetVersion.of(input);
                if (!known.containsKey(dataset)) {
                    unknown.putIfAbsent(dataset, input);
                }
            }
        }
        learn(unknown);
        return nodes.stream()
                .map(node -> inputs(node).stream()
                        .map(input -> Objects.requireNonNull(known.get(DatasetVersion.of(input))))
                        .toList())
                .toList();
    }

    @Override
    public boolean hasAny(LineageNode node) {
        return !inputs(node).isEmpty();
    }

    private static List<PinnedObject> inputs(LineageNode node) {
        return node instanceof LineageNode.Made(Derivation derivation) ? derivation.inputs() : List.of();
    }

    private void learn(Map<DatasetVersion, PinnedObject> unknown) {
        var asked = new ArrayList<DatasetVersion>();
        var questions = new ArrayList<RecordArchive.Question>();
        unknown.forEach((dataset, object) -> templates
                .record(dataset.uri())
                .ifPresentOrElse(
                        key -> {
                            asked.add(dataset);
                            questions.add(new RecordArchive.Question(key, dataset.uri(), dataset.version()));
                        },
                        () -> known.put(dataset, new LineageNode.Upload(dataset, object))));
        var answers = archive.find(questions);
        for (var i = 0; i < asked.size(); i++) {
            var dataset = asked.get(i);
            var made = made(answers.get(i));
            known.put(dataset, made.isPresent() ? made.get() : new LineageNode.Unrecorded(dataset));
        }
    }

    private Optional<LineageNode.Made> made(Optional<ArchivedRecord> found) {
        return found.flatMap(record -> switch (record) {
            case ArchivedRecord.Intact intact ->
                Optional.of(new LineageNode.Made(
                        Derivation.of(intact.record(), intact.place().latest())));
            case ArchivedRecord.Unreadable unreadable -> {
                warnings.accept(LineageFindings.unreadable(unreadable));
                yield Optional.empty();
            }
        });
    }
}
