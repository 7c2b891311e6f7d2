package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A convex set of nodes of a graph (with two nodes it has every node between them), and how it comes apart by itself:
/// into components that nothing connects, or into a series of which all of one precedes all of the next.
final class ConvexPart {
    private final Dag dag;
    /// Predecessors first.
    private final int[] nodes;
    private final double[] seconds;
    /// By node: where it may stand in [#nodes]. All parts of a graph share the array, so what stands there counts only
    /// where the node itself is found at that position.
    private final int[] positions;

    private ConvexPart(Dag dag, int[] nodes, double[] seconds, int[] positions) {
        this.dag = dag;
        this.nodes = nodes;
        this.seconds = seconds;
        this.positions = positions;
    }

    /// All of a graph. It and its parts are for one thread.
    static ConvexPart whole(Dag dag, double[] seconds) {
        return new ConvexPart(dag, dag.order().clone(), seconds, new int[dag.size()]);
    }

    int size() {
        return nodes.length;
    }

    int node(int position) {
        return nodes[position];
    }

    /// Some of the nodes, in the same order.
    ConvexPart only(BitSet chosen) {
        return new ConvexPart(dag, chosen.stream().map(i -> nodes[i]).toArray(), seconds, positions);
    }

    /// The components, in the order of their first node.
    List<ConvexPart> components() {
        claimPositions();
        var leader = new int[nodes.length];
        Arrays.setAll(leader, i -> i);
        for (var i = 0; i < nodes.length; i++) {
            for (var p : dag.predecessors(nodes[i])) {
                var before = position(p);
                if (before >= 0) {
                    join(leader, i, before);
                }
            }
        }
        var groups = new BitSet[nodes.length];
        var order = new ArrayList<BitSet>();
        for (var i = 0; i < nodes.length; i++) {
            var first = find(leader, i);
            if (groups[first] == null) {
                groups[first] = new BitSet(nodes.length);
                order.add(groups[first]);
            }
            groups[first].set(i);
        }
        return order.size() == 1
                ? List.of(this)
                : order.stream().map(this::only).toList();
    }

    private static void join(int[] leader, int a, int b) {
        var x = find(leader, a);
        var y = find(leader, b);
        leader[Math.max(x, y)] = Math.min(x, y);
    }

    private static int find(int[] leader, int i) {
        var at = i;
        while (leader[at] != at) {
            leader[at] = leader[leader[at]];
            at = leader[at];
        }
        return at;
    }

    /// The series, first to last. Sorted by how many precede each, a new member begins where exactly all so far do: the
    /// first of the rest has all of its predecessors among them, so if it has as many, it has them all, and so has
    /// every other source of the rest.
    List<ConvexPart> series() {
        var inside = new BitSet(dag.size());
        for (var node : nodes) {
            inside.set(node);
        }
        record Counted(int position, int before) {}
        var counted = new ArrayList<Counted>(nodes.length);
        var before = new BitSet(dag.size());
        for (var i = 0; i < nodes.length; i++) {
            before.clear();
            before.or(dag.ancestors(nodes[i]));
            before.and(inside);
            counted.add(new Counted(i, before.cardinality()));
        }
        counted.sort((a, b) -> Integer.compare(a.before(), b.before()));
        var series = new ArrayList<ConvexPart>();
        var open = new BitSet(nodes.length);
        for (var i = 0; i < counted.size(); i++) {
            if (counted.get(i).before() == i && i > 0) {
                series.add(only(open));
                open = new BitSet(nodes.length);
            }
            open.set(counted.get(i).position());
        }
        series.add(series.isEmpty() ? this : only(open));
        return series;
    }

    /// Makes [#position] answer for this part.
    private void claimPositions() {
        for (var i = 0; i < nodes.length; i++) {
            positions[nodes[i]] = i;
        }
    }

    /// The position of a node, or -1.
    private int position(int node) {
        var position = positions[node];
        return position < nodes.length && nodes[position] == node ? position : -1;
    }

    /// By position: when each node ends at the earliest.
    double[] heads() {
        claimPositions();
        var heads = new double[nodes.length];
        for (var i = 0; i < nodes.length; i++) {
            var start = 0.0;
            for (var p : dag.predecessors(nodes[i])) {
                var before = position(p);
                if (before >= 0) {
                    start = Math.max(start, heads[before]);
                }
            }
            heads[i] = start + seconds[nodes[i]];
        }
        return heads;
    }

    /// By position: how long it takes at least from each node's start to the end.
    double[] tails() {
        claimPositions();
        var tails = new double[nodes.length];
        for (var i = nodes.length - 1; i >= 0; i--) {
            var rest = 0.0;
            for (var s : dag.successors(nodes[i])) {
                var after = position(s);
                if (after >= 0) {
                    rest = Math.max(rest, tails[after]);
                }
            }
            tails[i] = rest + seconds[nodes[i]];
        }
        return tails;
    }

    /// The positions of the nodes without predecessors in the part, or without successors.
    BitSet border(boolean sources) {
        claimPositions();
        var border = new BitSet(nodes.length);
        for (var i = 0; i < nodes.length; i++) {
            var neighbours = sources ? dag.predecessors(nodes[i]) : dag.successors(nodes[i]);
            border.set(i, Arrays.stream(neighbours).noneMatch(n -> position(n) >= 0));
        }
        return border;
    }

    double criticalPath() {
        return Arrays.stream(heads()).max().orElse(0);
    }

    /// The part as a graph of its own: its node `i` is [#node] `i`.
    Dag dag() {
        claimPositions();
        var required = new ArrayList<int[]>(nodes.length);
        for (var node : nodes) {
            required.add(Arrays.stream(dag.predecessors(node))
                    .map(this::position)
                    .filter(p -> p >= 0)
                    .toArray());
        }
        return Dag.of(required);
    }
}
