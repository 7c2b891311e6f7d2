package dev.baton.compiler.structure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides how a graph is said with sequence, fork, await and fold.
public final class Structure {
    private Structure() {}

    /// The tree of a graph.
    ///
    /// @param kinds of the nodes: only nodes of one kind are folded together
    /// @param full whether all parallelism is kept, by awaits where nothing else does it
    /// @param seconds how long each node is expected to take, or null where nobody knows
    public static Tree of(Dag dag, List<String> kinds, boolean full, double @Nullable [] seconds) {
        return Bridging.tree(dag);
    }
}
