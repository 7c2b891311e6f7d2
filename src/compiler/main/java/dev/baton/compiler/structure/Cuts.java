package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Says any order with sequence and fork alone: where the two do not suffice, a barrier cuts the nodes in two, and all of
/// one side waits for all of the other.
///
/// Finding the best cuts is hard, and every single rule for them is badly wrong on some real graph. So several are
/// followed to the end and the best result is kept; and where that is affordable, each of the promising cuts is tried
/// with all of them behind it (a rollout), one cut after the other. Whenever a result is as fast as the critical path,
/// nothing else is tried.
final class Cuts {
    /// What all tries may cost together, in nodes looked at.
    private static final long BUDGET = 1_500_000;

    private static final int MOST_CANDIDATES = 12;
    private static final double EXACT = 1e-9;

    private final double[] seconds;
    private long spent;

    private Cuts(double[] seconds) {
        this.seconds = seconds.clone();
    }

    /// A tree and how long it takes.
    record Result(Tree tree, double seconds) {}

    /// The graph without awaits.
    static Result of(Dag dag, double[] seconds) {
        var cuts = new Cuts(seconds);
        return cuts.best(Part.whole(dag, cuts.seconds));
    }

    /// The graph with barriers only where they cost nothing in these durations, and awaits where none is so cheap.
    static Tree free(Dag dag, double[] seconds) {
        var cuts = new Cuts(seconds);
        return cuts.apart(Part.whole(dag, cuts.seconds), cuts::free).tree();
    }

    private Result free(Part part) {
        var longest = part.criticalPath();
        Result simplest = null;
        for (var rule : RULES) {
            var result = by(rule, part);
            if (result.seconds() <= longest * (1 + EXACT)
                    && (simplest == null || result.tree().forks() < simplest.tree().forks())) {
                simplest = result;
            }
        }
        if (simplest != null) {
            return simplest;
        }
        BitSet most = null;
        for (var forward : List.of(true, false)) {
            var order = order(part, forward);
            var costs = costs(part, order, forward);
            for (var k = 1; k < part.size(); k++) {
                if (costs[k] <= longest * (1 + EXACT)) {
                    var side = side(order, k, part.size(), forward);
                    most = most == null || uneven(side, part) < uneven(most, part) ? side : most;
                }
            }
        }
        return most == null
                ? new Result(Bridging.tree(part.dag()).map(part::node), longest)
                : cut(part, most, this::free);
    }

    private static int uneven(BitSet side, Part part) {
        return Math.abs(part.size() - 2 * side.cardinality());
    }

    /// A rule that finds the first side of a cut.
    @FunctionalInterface
    private interface Rule {
        BitSet first(Part part);
    }

    private static final Rule SOURCES = part -> part.border(true);

    private static final Rule SINKS = part -> {
        var rest = part.border(false);
        rest.flip(0, part.size());
        return rest;
    };

    /// Those that end soonest come first, so that a used-up budget has met most of them.
    private static final List<Rule> RULES = List.of(
            part -> cheapest(part, true, Tie.MIDDLE),
            SOURCES,
            SINKS,
            part -> cheapest(part, true, Tie.LAST),
            part -> cheapest(part, false, Tie.FIRST),
            part -> cheapest(part, false, Tie.LAST),
            part -> cheapest(part, true, Tie.FIRST));

    private enum Tie {
        FIRST,
        MIDDLE,
        LAST
    }

    private Result best(Part part) {
        return apart(part, this::rollOut);
    }

    /// Takes a part apart as far as that costs nothing, and the rest by a rule.
    private Result apart(Part part, Function<Part, Result> rest) {
        if (part.size() == 1) {
            return new Result(new Tree.Leaf(part.node(0)), seconds[part.node(0)]);
        }
        spent += part.size();
        var components = part.components();
        if (components.size() > 1) {
            var trees = new ArrayList<Tree>(components.size());
            var longest = 0.0;
            for (var component : components) {
                var result = apart(component, rest);
                trees.add(result.tree());
                longest = Math.max(longest, result.seconds());
            }
            return new Result(Tree.fork(trees), longest);
        }
        var series = part.series();
        if (series.size() > 1) {
            var trees = new ArrayList<Tree>(series.size());
            var sum = 0.0;
            for (var member : series) {
                var result = apart(member, rest);
                trees.add(result.tree());
                sum += result.seconds();
            }
            return new Result(Tree.sequence(trees), sum);
        }
        return rest.apply(part);
    }

    private Result cut(Part part, BitSet first, Function<Part, Result> rest) {
        var second = (BitSet) first.clone();
        second.flip(0, part.size());
        var one = apart(part.only(first), rest);
        var other = apart(part.only(second), rest);
        return new Result(
                Tree.sequence(List.of(one.tree(), other.tree())), one.seconds() + other.seconds());
    }

    private Result by(Rule rule, Part part) {
        var affordable = spent > BUDGET ? SOURCES : rule;
        return cut(part, affordable.first(part), rest -> by(rule, rest));
    }

    /// The best of all rules, each followed to the end.
    private Result portfolio(Part part) {
        var bound = part.criticalPath() * (1 + EXACT);
        Result best = null;
        for (var rule : RULES) {
            if (best != null && (best.seconds() <= bound || spent > BUDGET)) {
                break;
            }
            var result = by(rule, part);
            best = best == null || result.seconds() < best.seconds() ? result : best;
        }
        if (best == null) {
            throw new IllegalStateException("no rules");
        }
        return best;
    }

    private Result rollOut(Part part) {
        var bound = part.criticalPath() * (1 + EXACT);
        var best = portfolio(part);
        if (best.seconds() <= bound || spent > BUDGET) {
            return best;
        }
        BitSet promising = null;
        for (var candidate : candidates(part)) {
            if (spent > BUDGET) {
                break;
            }
            var result = cut(part, candidate, this::portfolio);
            if (result.seconds() < best.seconds()) {
                best = result;
                promising = candidate;
            }
            if (best.seconds() <= bound) {
                return best;
            }
        }
        if (promising == null) {
            return best;
        }
        var refined = cut(part, promising, this::rollOut);
        return refined.seconds() < best.seconds() ? refined : best;
    }

    /// The cuts that lose least at once, in both directions.
    private static List<BitSet> candidates(Part part) {
        var candidates = new ArrayList<BitSet>();
        for (var forward : List.of(true, false)) {
            var order = order(part, forward);
            var costs = costs(part, order, forward);
            IntStream.range(1, part.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer k) -> costs[k]))
                    .limit(MOST_CANDIDATES)
                    .map(k -> side(order, k, part.size(), forward))
                    .filter(side -> !candidates.contains(side))
                    .forEach(candidates::add);
        }
        return candidates;
    }

    private static BitSet cheapest(Part part, boolean forward, Tie tie) {
        var order = order(part, forward);
        var costs = costs(part, order, forward);
        var least = IntStream.range(1, part.size()).mapToDouble(k -> costs[k]).min().orElse(0);
        var equal = IntStream.range(1, part.size())
                .filter(k -> costs[k] <= least * (1 + EXACT))
                .toArray();
        var k = switch (tie) {
            case FIRST -> equal[0];
            case MIDDLE -> equal[equal.length / 2];
            case LAST -> equal[equal.length - 1];
        };
        return side(order, k, part.size(), forward);
    }

    /// The positions by earliest end, or backwards by shortest rest: every beginning is closed under what comes before
    /// (backwards: after) it, since equal times keep the order of the graph.
    private static int[] order(Part part, boolean forward) {
        var times = forward ? part.heads() : part.tails();
        var byTime = Comparator.comparingDouble((Integer i) -> times[i]);
        return IntStream.range(0, part.size())
                .boxed()
                .sorted(byTime.thenComparingInt(i -> forward ? i : -i))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// How long both sides take one after the other at least, when the first `k` of the order are one of them.
    private static double[] costs(Part part, int[] order, boolean forward) {
        var near = forward ? part.heads() : part.tails();
        var far = forward ? part.tails() : part.heads();
        var costs = new double[part.size()];
        var rest = 0.0;
        for (var k = part.size() - 1; k > 0; k--) {
            rest = Math.max(rest, far[order[k]]);
            costs[k] = near[order[k - 1]] + rest;
        }
        return costs;
    }

    /// The first side of the cut, as positions.
    private static BitSet side(int[] order, int k, int size, boolean forward) {
        var side = new BitSet(size);
        for (var i = 0; i < k; i++) {
            side.set(order[i]);
        }
        if (!forward) {
            side.flip(0, size);
        }
        return side;
    }
}
