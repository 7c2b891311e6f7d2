package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// An acyclic graph on the nodes `0 … size-1`, transitively reduced: an edge that a longer path implies is not there.
///
/// Whoever numbers the nodes decides every tie in this package, so equal numbering gives equal results.
public final class Dag {
    private final int[][] predecessors;
    private final int[][] successors;
    private final int[] order;
    private final BitSet[] ancestors;

    private Dag(int[][] predecessors, int[][] successors, int[] order, BitSet[] ancestors) {
        this.predecessors = predecessors;
        this.successors = successors;
        this.order = order;
        this.ancestors = ancestors;
    }

    /// The graph in which node `v` directly follows each of `required.get(v)`; redundant and double edges may be given.
    ///
    /// @throws IllegalArgumentException if the edges form a cycle
    public static Dag of(List<int[]> required) {
        var given = required.stream()
                .map(p -> Arrays.stream(p).sorted().distinct().toArray())
                .toArray(int[][]::new);
        var order = topological(given);
        var position = new int[order.length];
        for (var i = 0; i < order.length; i++) {
            position[order[i]] = i;
        }
        var ancestors = new BitSet[order.length];
        var reduced = new int[order.length][];
        for (var node : order) {
            reduced[node] = reduce(node, given[node], ancestors, position);
        }
        return new Dag(reduced, reverse(reduced), order, ancestors);
    }

    /// Keeps the direct predecessors that no other one implies: tried from the latest on, one that a kept one
    /// already has among its ancestors is implied.
    private static int[] reduce(int node, int[] given, BitSet[] ancestors, int[] position) {
        var latestFirst = Arrays.stream(given)
                .boxed()
                .sorted((a, b) -> Integer.compare(position[b], position[a]))
                .toList();
        var all = new BitSet(position.length);
        var kept = new ArrayList<Integer>();
        for (var p : latestFirst) {
            if (!all.get(p)) {
                kept.add(p);
                all.or(ancestors[p]);
                all.set(p);
            }
        }
        ancestors[node] = all;
        return kept.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static int[] topological(int[][] predecessors) {
        var successors = reverse(predecessors);
        var open = Arrays.stream(predecessors).mapToInt(p -> p.length).toArray();
        var order = new int[open.length];
        var filled = 0;
        for (var v = 0; v < open.length; v++) {
            if (open[v] == 0) {
                order[filled++] = v;
            }
        }
        for (var next = 0; next < filled; next++) {
            for (var s : successors[order[next]]) {
                if (--open[s] == 0) {
                    order[filled++] = s;
                }
            }
        }
        if (filled < order.length) {
            throw new IllegalArgumentException("the edges form a cycle");
        }
        return order;
    }

    private static int[][] reverse(int[][] predecessors) {
        var count = new int[predecessors.length];
        for (var ps : predecessors) {
            for (var p : ps) {
                count[p]++;
            }
        }
        var successors = new int[predecessors.length][];
        Arrays.setAll(successors, v -> new int[count[v]]);
        Arrays.fill(count, 0);
        for (var v = 0; v < predecessors.length; v++) {
            for (var p : predecessors[v]) {
                successors[p][count[p]++] = v;
            }
        }
        return successors;
    }

    public int size() {
        return order.length;
    }

    /// The number of edges that are left after the reduction.
    public int edges() {
        return Arrays.stream(predecessors).mapToInt(p -> p.length).sum();
    }

    /// The direct predecessors, ascending. Nobody changes the array.
    int[] predecessors(int node) {
        return predecessors[node];
    }

    /// The direct successors, ascending. Nobody changes the array.
    int[] successors(int node) {
        return successors[node];
    }

    /// All nodes, predecessors first. Nobody changes the array.
    int[] order() {
        return order;
    }

    /// Every node before the given one. Nobody changes the set.
    BitSet ancestors(int node) {
        return ancestors[node];
    }

    /// Whether `a` is finished whenever `b` starts.
    public boolean before(int a, int b) {
        return ancestors[b].get(a);
    }

    /// The earliest time at which each node finishes, if it takes the given time.
    public double[] finishTimes(double[] seconds) {
        var finish = new double[size()];
        for (var v : order) {
            var start = 0.0;
            for (var p : predecessors[v]) {
                start = Math.max(start, finish[p]);
            }
            finish[v] = start + seconds[v];
        }
        return finish;
    }

    /// The longest path in these durations: no structure can be faster, and a full one is as fast.
    public double criticalPath(double[] seconds) {
        return Arrays.stream(finishTimes(seconds)).max().orElse(0);
    }
}
