package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Says any order with sequence, fork and few awaits, so that no node starts later than its predecessors' ends make it.
///
/// **Why nothing is lost.** A tree's own order (what sequence and fork impose) is kept inside the graph's order: the
/// reductions put a block only where all that it then waits for precedes it anyway. Each direct predecessor that the
/// tree does not put before a node is awaited right before it. So a node starts exactly when its predecessors are done.
///
/// **Why few awaits.** The awaits of a tree are the moments (equal sets of predecessors) of which some predecessor is
/// not in the tree's order. Two moments that share a predecessor cannot both be without an await, unless one follows
/// what the other joins (an N, the one thing that no series-parallel order has). So the moments without await form an
/// independent set in the graph of those conflicts, and to choose few awaits is to choose a small vertex cover: the
/// vertex with most conflicts first, reductions after each, until nothing is stuck. Which of equal vertices is taken
/// is tried in several ways where the graph is small enough; the tree with fewest awaits, then fewest forks, is kept.
/// A series-parallel order never gets stuck: it has none.
public final class BridgeConstruction {
    /// What the tries may cost together, in vertices visited; large graphs are tried once.
    private static final long BUDGET = 6_000_000;

    private static final int MOST_TRIES = 48;

    private BridgeConstruction() {}

    /// The graph as a tree that keeps all its parallelism.
    public static Tree tree(Dag dag) {
        return tree(dag, MOST_TRIES);
    }

    static Tree tree(Dag dag, int mostTries) {
        var first = new Reduction(dag);
        if (first.stuck().isEmpty()) {
            return attempt(first, null);
        }
        var tree = parted(ConvexPart.whole(dag, new double[dag.size()]), mostTries);
        return tree.depth() <= Reduction.MAX_DEPTH ? tree : whole(dag, first, mostTries);
    }

    /// What comes apart by itself is said part by part: no await crosses from one to another, and parts that are alike
    /// are said alike.
    private static Tree parted(ConvexPart part, int mostTries) {
        var components = part.components();
        if (components.size() > 1) {
            return Tree.fork(components.stream()
                    .map(component -> parted(component, mostTries))
                    .toList());
        }
        var series = part.series();
        if (series.size() > 1) {
            return Tree.sequence(
                    series.stream().map(member -> parted(member, mostTries)).toList());
        }
        var dag = part.dag();
        return whole(dag, new Reduction(dag), mostTries).map(part::node);
    }

    private static Tree whole(Dag dag, Reduction first, int mostTries) {
        var stuck = first.stuck().size();
        var best = attempt(first, null);
        if (stuck == 0) {
            return best;
        }
        var tries = Math.min(mostTries, BUDGET / ((long) stuck * stuck + dag.size()));
        for (var seed = 1; seed < tries && best.awaits() > 1; seed++) {
            var tree = attempt(new Reduction(dag), new SplittableRandom(seed));
            if (cost(tree) < cost(best)) {
                best = tree;
            }
        }
        return best;
    }

    private static long cost(Tree tree) {
        return tree.awaits() * 1_000_000L + tree.forks();
    }

    /// @param random breaks ties and, every other time, near ties; null: the earliest moment first
    private static Tree attempt(Reduction reduction, @Nullable SplittableRandom random) {
        var blur = random != null && random.nextBoolean() ? 2.0 : 0.5;
        for (var stuck = reduction.stuck(); !stuck.isEmpty(); stuck = reduction.stuck()) {
            for (var vertex : choose(reduction, stuck, random, blur)) {
                reduction.detach(vertex);
            }
        }
        var dag = reduction.dag();
        var simple = Simplification.of(dag, reduction.tree());
        return Simplification.of(dag, BranchHoister.of(dag, simple));
    }

    /// The vertices to detach next: one, or in a large graph some that have nothing to do with each other.
    private static List<Vertex> choose(
            Reduction reduction, List<Vertex> stuck, @Nullable SplittableRandom random, double blur) {
        record Scored(Vertex vertex, double score) {}
        var conflicts = conflicts(reduction.dag(), stuck);
        var scored = new ArrayList<Scored>(stuck.size());
        for (var vertex : stuck) {
            var score = conflicts.getOrDefault(vertex, 0) + (random == null ? 0 : random.nextDouble() * blur);
            scored.add(new Scored(vertex, score));
        }
        var atOnce = 1 + stuck.size() / 400;
        if (atOnce == 1) {
            var best = scored.getFirst();
            for (var candidate : scored) {
                if (candidate.score() > best.score()) {
                    best = candidate;
                }
            }
            return List.of(best.vertex());
        }
        scored.sort((a, b) -> Double.compare(b.score(), a.score()));
        var chosen = new ArrayList<Vertex>();
        var touched = new HashSet<Vertex>();
        for (var candidate : scored) {
            if (chosen.size() < atOnce && candidate.vertex().in.stream().noneMatch(touched::contains)) {
                chosen.add(candidate.vertex());
                touched.addAll(candidate.vertex().in);
            }
        }
        return chosen;
    }

    /// For each vertex, with how many others it cannot both go without an await: a join is in the way of, and has in
    /// its way, whatever else its blocks' starts lead to. The one start that comes before all its other starts does not
    /// count, since there the join forks off with the rest.
    private static Map<Vertex, Integer> conflicts(Dag dag, List<Vertex> stuck) {
        var conflicts = new HashMap<Vertex, Integer>();
        var blocked = new HashMap<Vertex, Integer>();
        var dominators = new HashMap<Vertex, Vertex>();
        for (var join : stuck) {
            if (join.in.size() < 2) {
                continue;
            }
            var dominator = join.dominator(dag);
            if (dominator != null) {
                dominators.put(join, dominator);
            }
            for (var tail : join.in) {
                if (tail != dominator) {
                    conflicts.merge(join, tail.out.size() - 1, Integer::sum);
                    blocked.merge(tail, 1, Integer::sum);
                }
            }
        }
        for (var vertex : stuck) {
            for (var tail : vertex.in) {
                var joins = blocked.getOrDefault(tail, 0);
                var itself = vertex.in.size() >= 2 && dominators.get(vertex) != tail ? 1 : 0;
                conflicts.merge(vertex, joins - itself, Integer::sum);
            }
        }
        return conflicts;
    }
}
