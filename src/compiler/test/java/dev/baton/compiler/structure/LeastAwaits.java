package dev.baton.compiler.structure;

import java.util.HashMap;
import java.util.Map;

/// The fewest awaits with which a small graph can be said without losing parallelism: every way to say it is tried.
///
/// A set of nodes is to be done where some nodes are known to have finished. It is one node, or two sets in sequence
/// (all of the first precede all of the second), or two sets side by side, or an await and the same set, of which
/// then everything is known that precedes all of it: to wait for less would save no await, to wait for more would
/// delay.
final class LeastAwaits {
    private static final int NEVER = 1_000;

    private final Dag dag;
    private final int[] before;
    private final Map<Integer, Integer> found = new HashMap<>();

    private LeastAwaits(Dag dag) {
        this.dag = dag;
        this.before = new int[dag.size()];
        for (var node = 0; node < dag.size(); node++) {
            for (var other = 0; other < dag.size(); other++) {
                if (dag.before(other, node)) {
                    before[node] |= 1 << other;
                }
            }
        }
    }

    static int of(Dag dag) {
        return new LeastAwaits(dag).least((1 << dag.size()) - 1, 0);
    }

    private int least(int nodes, int known) {
        var key = nodes << dag.size() | known;
        var there = found.get(key);
        if (there != null) {
            return there;
        }
        var best = NEVER;
        if (Integer.bitCount(nodes) == 1) {
            best = (before[Integer.numberOfTrailingZeros(nodes)] & ~known) == 0 ? 0 : NEVER;
        }
        var all = common(nodes);
        if ((all & ~known) != 0) {
            best = Math.min(best, 1 + least(nodes, all | known));
        }
        var lowest = Integer.lowestOneBit(nodes);
        for (var some = (nodes - 1) & nodes; some != 0; some = (some - 1) & nodes) {
            var rest = nodes & ~some;
            if ((some & ~common(rest)) == 0) {
                best = Math.min(best, least(some, known) + least(rest, known | some | down(some)));
            }
            if ((some & lowest) != 0) {
                best = Math.min(best, least(some, known) + least(rest, known));
            }
        }
        found.put(key, best);
        return best;
    }

    /// What precedes every one of the nodes.
    private int common(int nodes) {
        var common = -1;
        for (var rest = nodes; rest != 0; rest &= rest - 1) {
            common &= before[Integer.numberOfTrailingZeros(rest)];
        }
        return common;
    }

    /// What precedes one of the nodes.
    private int down(int nodes) {
        var down = 0;
        for (var rest = nodes; rest != 0; rest &= rest - 1) {
            down |= before[Integer.numberOfTrailingZeros(rest)];
        }
        return down;
    }
}
