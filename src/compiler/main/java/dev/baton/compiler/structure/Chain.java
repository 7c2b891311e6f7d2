package dev.baton.compiler.structure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// A chain of cuts of a part: its nodes in an order in which predecessors come first, so that every beginning of it may
/// be the first side of a cut.
final class Chain {
    /// By which share two sums of durations may differ and still be equal.
    static final double EXACT = 1e-9;

    /// Positions in the part.
    private final int[] order;
    private final double[] costs;

    private Chain(int[] order, double[] costs) {
        this.order = order;
        this.costs = costs;
    }

    /// The choice among equally cheap cuts.
    enum Tie {
        FIRST,
        MIDDLE,
        LAST
    }

    /// Chains from "whatever can end soonest comes first" to "whatever can begin last comes last".
    static List<Chain> ofAll(ConvexPart part) {
        return List.of(of(part, 1), of(part, 0), of(part, 0.5), of(part, 0.75), of(part, 0.25));
    }

    /// @param haste 1 orders by the earliest end, 0 by the latest beginning, what is between by both
    static Chain of(ConvexPart part, double haste) {
        var heads = part.heads();
        var tails = part.tails();
        var keys = new long[part.size()];
        Arrays.setAll(keys, i -> key((float) (haste * heads[i] - (1 - haste) * tails[i]), i));
        Arrays.sort(keys);
        var order = Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
        var costs = new double[order.length];
        var rest = 0.0;
        for (var k = order.length - 1; k > 0; k--) {
            rest = Math.max(rest, tails[order[k]]);
            costs[k] = rest;
        }
        var before = 0.0;
        for (var k = 1; k < order.length; k++) {
            before = Math.max(before, heads[order[k - 1]]);
            costs[k] += before;
        }
        return new Chain(order, costs);
    }

    /// Sorts by time and then by position. Both heads and -tails grow along every edge, and the positions do, so that a
    /// time of less precision still leaves predecessors first.
    private static long key(float time, int position) {
        var bits = Float.floatToIntBits(time);
        return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | position;
    }

    /// The least time that both sides take, one after the other, when the first has `k` nodes.
    double cost(int k) {
        return costs[k];
    }

    /// The first side that loses least at once.
    BitSet cheapest(Tie tie) {
        var cheap = cheapest(0.0);
        return first(
                switch (tie) {
                    case FIRST -> cheap[0];
                    case MIDDLE -> cheap[cheap.length / 2];
                    case LAST -> cheap[cheap.length - 1];
                });
    }

    /// The sizes of the first sides that lose least at once, or by a share more.
    int[] cheapest(double share) {
        var least = Arrays.stream(costs, 1, order.length).min().orElse(0);
        return IntStream.range(1, order.length)
                .filter(k -> costs[k] <= least * (1 + EXACT + share))
                .toArray();
    }

    /// The first `k` of the order, as positions.
    BitSet first(int k) {
        var side = new BitSet(order.length);
        for (var i = 0; i < k; i++) {
            side.set(order[i]);
        }
        return side;
    }
}
