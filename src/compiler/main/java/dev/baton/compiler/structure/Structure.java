package dev.baton.compiler.structure;

import java.util.Arrays;
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
        return BranchFolder.of(unfolded(dag, full, seconds), kinds);
    }

    private static Tree unfolded(Dag dag, boolean full, double @Nullable [] seconds) {
        if (dag.size() == 0) {
            return Tree.nothing();
        }
        if (!full) {
            return Cuts.of(dag, seconds == null ? alike(dag) : seconds).tree();
        }
        return seconds == null ? BridgeConstruction.tree(dag) : Simplification.of(dag, Cuts.free(dag, seconds));
    }

    /// What is assumed of nodes of which nothing is known.
    private static double[] alike(Dag dag) {
        var seconds = new double[dag.size()];
        Arrays.fill(seconds, 1);
        return seconds;
    }
}
