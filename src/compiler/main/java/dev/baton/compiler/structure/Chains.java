package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;

/// Flattens a block that nests too deep: chains side by side, joined by awaits alone. Nothing gets slower, only awaits
/// get more.
final class Chains {
    private Chains() {}

    /// @param finished what has finished where the block starts, wherever that will be
    static Block of(Dag dag, Block block, Guarantee finished) {
        var inside = new BitSet(dag.size());
        block.forEachLeaf(inside::set);
        var chains = new ArrayList<Block>();
        var chainEndingAt = new HashMap<Integer, Integer>();
        for (var node : dag.order()) {
            if (!inside.get(node)) {
                continue;
            }
            var needed = new ArrayList<Integer>();
            Integer chain = null;
            for (var p : dag.predecessors(node)) {
                var ends = chain == null ? chainEndingAt.remove(p) : null;
                if (ends != null) {
                    chain = ends;
                } else if (!finished.has(p)) {
                    needed.add(p);
                }
            }
            var link = Block.sequence(Block.await(List.copyOf(needed)), Block.leaf(node));
            if (chain == null) {
                chain = chains.size();
                chains.add(link);
            } else {
                chains.set(chain, Block.sequence(chains.get(chain), link));
            }
            chainEndingAt.put(node, chain);
        }
        var flat = Block.NOTHING;
        for (var chain : chains) {
            flat = Block.fork(flat, chain);
        }
        return flat;
    }
}
