package dev.baton.compiler.structure;

import java.util.BitSet;

/// The nodes that a block may wait for without being late: they precede all of it in the graph. Where the block starts
/// they *may* have finished; whether they *have* is what a [Guarantee] says. So it tells where a block may be put, and
/// never what need not be awaited. Nobody changes the set.
///
/// @param nodes that precede the whole block
record Allowance(BitSet nodes) {

    /// What precedes any of the nodes, and they themselves.
    static Allowance until(Dag dag, Iterable<Integer> nodes) {
        var before = new BitSet(dag.size());
        for (var node : nodes) {
            before.or(dag.ancestors(node));
            before.set(node);
        }
        return new Allowance(before);
    }

    boolean allows(int node) {
        return nodes.get(node);
    }

    boolean allowsAll(Iterable<Integer> some) {
        for (var node : some) {
            if (!nodes.get(node)) {
                return false;
            }
        }
        return true;
    }

    /// What both allow.
    Allowance and(Allowance other) {
        var both = (BitSet) nodes.clone();
        both.and(other.nodes);
        return new Allowance(both);
    }

    int size() {
        return nodes.cardinality();
    }

    /// Whether the other allows all that this does.
    boolean isWithin(Allowance other) {
        var all = other.nodes;
        for (var i = nodes.nextSetBit(0); i >= 0; i = nodes.nextSetBit(i + 1)) {
            if (!all.get(i)) {
                return false;
            }
            // A run of equal bits is passed in one step: sets of early nodes are long runs.
            i = Math.min(nodes.nextClearBit(i), all.nextClearBit(i)) - 1;
        }
        return true;
    }
}
