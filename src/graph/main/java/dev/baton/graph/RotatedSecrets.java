package dev.baton.graph;

import dev.baton.task.Access;
import java.util.List;
import java.util.stream.Stream;

/// The secrets of a graph that are rotated when its tasks complete.
public final class RotatedSecrets {
    private RotatedSecrets() {}

    /// Their names, sorted.
    public static List<String> of(TaskGraph graph) {
        return graph.nodes().stream()
                .flatMap(RotatedSecrets::uses)
                .flatMap(access -> access instanceof Access.Secret secret
                                && secret.rotation().isPresent()
                        ? Stream.of(secret.name())
                        : Stream.empty())
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Access> uses(TaskNode node) {
        return Stream.concat(node.uses().stream(), node.items().stream().flatMap(items -> items.uses().stream()));
    }
}
