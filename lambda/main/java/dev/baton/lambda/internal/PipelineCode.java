package dev.baton.lambda.internal;

import dev.baton.graph.TaskGraph;
import dev.baton.name.Sha256;
import dev.baton.run.code.CodeHash;
import java.util.TreeMap;

/// The code of a whole pipeline, as a hash.
public final class PipelineCode {
    private PipelineCode() {}

    /// Of all its tasks together.
    public static String of(TaskGraph graph) {
        var hashes = new TreeMap<String, String>();
        for (var node : graph.nodes()) {
            hashes.computeIfAbsent(node.taskClass().getName(), name -> CodeHash.of(node.taskClass()));
            node.items()
                    .ifPresent(items -> hashes.computeIfAbsent(
                            items.itemClass().getName(), name -> CodeHash.of(items.itemClass())));
        }
        return Sha256.hex(hashes.toString());
    }
}
