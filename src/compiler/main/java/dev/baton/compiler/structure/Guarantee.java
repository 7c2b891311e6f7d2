package dev.baton.compiler.structure;

import java.util.BitSet;
import java.util.Collection;

/// The nodes that have finished at a moment, however long each takes: nothing that starts there needs to await them.
///
/// It grows by what a tree's own order and its awaits say, never by what the graph would allow: that is a [Allowance],
/// and none becomes a guarantee.
final class Guarantee {
    private final Dag dag;
    private final BitSet finished;

    private Guarantee(Dag dag, BitSet finished) {
        this.dag = dag;
        this.finished = finished;
    }

    /// The guarantee of the very beginning.
    static Guarantee none(Dag dag) {
        return new Guarantee(dag, new BitSet(dag.size()));
    }

    /// The guarantee of a moment at which some nodes have finished, and with them all that precedes them.
    static Guarantee of(Dag dag, Collection<Integer> nodes) {
        var guarantee = none(dag);
        nodes.forEach(guarantee::add);
        return guarantee;
    }

    Guarantee copy() {
        return new Guarantee(dag, (BitSet) finished.clone());
    }

    /// From now on the node has finished too, and all that precedes it.
    void add(int node) {
        finished.or(dag.ancestors(node));
        finished.set(node);
    }

    /// From now on everything has finished too that the other says.
    void add(Guarantee other) {
        finished.or(other.finished);
    }

    boolean has(int node) {
        return finished.get(node);
    }

    /// What starts where this holds waits for these nodes, so it may. The allowance stays as it is when the guarantee
    /// grows no more, which it must not.
    Allowance allowance() {
        return new Allowance(finished);
    }
}
