package dev.baton.cli.lineage;

import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.run.PinnedObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way down: from a version of an object to all that was made from it.
final class Descendants implements LineageGraph.Neighbours {
    /// What is there now comes first, and of the rest what was made last.
    private static final Comparator<Derivation> ORDER = Comparator.comparing(Derivation::isCurrent)
            .thenComparing(Derivation::endedAt)
            .reversed()
            .thenComparing(made -> DatasetVersion.of(made.output()));

    private final OutputTemplates templates;
    private final Map<DatasetVersion, Derivation> made = new HashMap<>();
    private final Map<DatasetVersion, List<Derivation>> readers = new HashMap<>();
    private final Map<DatasetVersion, PinnedObject> objects = new HashMap<>();

    Descendants(List<Derivation> derivations, OutputTemplates templates) {
        this.templates = templates;
        for (var derivation : derivations) {
            // Of two records about the same version the later one counts.
            made.merge(
                    DatasetVersion.of(derivation.output()),
                    derivation,
                    (one, other) -> ORDER.compare(one, other) <= 0 ? one : other);
        }
        for (var derivation : made.values()) {
            for (var input : derivation.inputs()) {
                var dataset = DatasetVersion.of(input);
                objects.putIfAbsent(dataset, input);
                readers.computeIfAbsent(dataset, any -> new ArrayList<>()).add(derivation);
            }
        }
        readers.values().forEach(some -> some.sort(ORDER));
    }

    @Override
    public Direction direction() {
        return Direction.DOWN;
    }

    /// The recorded versions of an object, the newest first.
    ///
    /// @param version the only one that counts; null for all
    List<LineageNode> versions(String uri, @Nullable String version) {
        var found = new HashMap<DatasetVersion, Instant>();
        made.forEach((dataset, derivation) -> {
            if (dataset.uri().equals(uri)) {
                found.put(dataset, derivation.endedAt());
            }
        });
        readers.forEach((dataset, some) -> {
            if (dataset.uri().equals(uri)) {
                some.forEach(reader -> found.merge(
                        dataset,
                        reader.endedAt(),
                        (one, other) -> made.containsKey(dataset) || one.isBefore(other) ? one : other));
            }
        });
        return found.entrySet().stream()
                .filter(entry -> version == null || entry.getKey().version().equals(version))
                .sorted(Map.Entry.<DatasetVersion, Instant>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> node(entry.getKey()))
                .toList();
    }

    private LineageNode node(DatasetVersion dataset) {
        var derivation = made.get(dataset);
        if (derivation != null) {
            return new LineageNode.Made(derivation);
        }
        return templates.record(dataset.uri()).isPresent()
                ? new LineageNode.Unrecorded(dataset)
                : new LineageNode.Upload(dataset, objects.get(dataset));
    }

    @Override
    public List<List<LineageNode>> of(List<LineageNode> nodes) {
        return nodes.stream()
                .map(node -> readers.getOrDefault(node.dataset(), List.of()).stream()
                        .<LineageNode>map(LineageNode.Made::new)
                        .toList())
                .toList();
    }

    @Override
    public boolean hasAny(LineageNode node) {
        return readers.containsKey(node.dataset());
    }
}
