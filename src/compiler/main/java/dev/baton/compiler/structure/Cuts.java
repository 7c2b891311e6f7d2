package dev.baton.compiler.structure;

import dev.baton.compiler.structure.Chain.Tie;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Says any order with sequence and fork alone: where the two do not suffice, a barrier cuts the nodes in two, and all
/// of one side waits for all of the other.
///
/// Finding the best cuts is hard, and every single rule for them is badly wrong on some real graph. So several are
/// followed to the end and the best result is kept; then random ones, as many as are affordable, each of which chooses
/// at every turn among the cuts that lose least at once. How many are affordable grows with the part that is cut, up to
/// a bound. Their seeds are fixed: the same graph is always cut the same way. Whenever a result is as fast as the
/// critical path, nothing else is tried.
final class Cuts {
    /// What the rules, and what the random choices may cost at least, in nodes looked at.
    private static final long LEAST_BUDGET = 400_000;

    /// What they may cost for each node of a part: a rule looks at every node as often as it is cut off from others, so
    /// that in a large part fewer rules would come to their end.
    private static final long BUDGET_OF_A_NODE = 1_000;

    /// What they may cost at most, since to look at a node takes longer in a larger graph.
    private static final long MOST_BUDGET = 4_000_000;

    private static final int MOST_TRIES = 500;

    private final double[] seconds;
    private long spent;
    /// The work that may be spent before all rules become the cheapest.
    private long limit;

    private Cuts(double[] seconds) {
        this.seconds = seconds.clone();
        this.limit = budget(seconds.length);
    }

    private static long budget(int nodes) {
        return Math.clamp(nodes * BUDGET_OF_A_NODE, LEAST_BUDGET, MOST_BUDGET);
    }

    /// A tree and how long it takes.
    record Result(Tree tree, double seconds) {}

    /// The graph without awaits.
    static Result of(Dag dag, double[] seconds) {
        var cuts = new Cuts(seconds);
        return cuts.best(ConvexPart.whole(dag, cuts.seconds));
    }

    /// The graph with barriers only where they cost nothing in these durations, and awaits where none is so cheap.
    static Tree free(Dag dag, double[] seconds) {
        var cuts = new Cuts(seconds);
        return cuts.apart(ConvexPart.whole(dag, cuts.seconds), cuts::free).tree();
    }

    private Result free(ConvexPart part) {
        var longest = part.criticalPath();
        Result simplest = null;
        for (var rule : RULES) {
            var result = by(rule, part);
            if (result.seconds() <= longest * (1 + Chain.EXACT)
                    && (simplest == null
                            || result.tree().forks() < simplest.tree().forks())) {
                simplest = result;
            }
        }
        if (simplest != null) {
            return simplest;
        }
        BitSet most = null;
        for (var chain : Chain.ofAll(part)) {
            for (var k = 1; k < part.size(); k++) {
                if (chain.cost(k) <= longest * (1 + Chain.EXACT)) {
                    var side = chain.first(k);
                    most = most == null || uneven(side, part) < uneven(most, part) ? side : most;
                }
            }
        }
        return most == null
                ? new Result(BridgeConstruction.tree(part.dag()).map(part::node), longest)
                : cut(part, most, this::free);
    }

    private static int uneven(BitSet side, ConvexPart part) {
        return Math.abs(part.size() - 2 * side.cardinality());
    }

    /// A rule that finds the first side of a cut.
    @FunctionalInterface
    private interface Rule {
        BitSet first(ConvexPart part);
    }

    private static final Rule SOURCES = part -> part.border(true);

    private static final Rule SINKS = part -> {
        var rest = part.border(false);
        rest.flip(0, part.size());
        return rest;
    };

    /// Those that end soonest come first, so that a used-up budget has met most of them.
    private static final List<Rule> RULES = List.of(
            part -> Chain.of(part, 1).cheapest(Tie.MIDDLE),
            SOURCES,
            SINKS,
            part -> Chain.of(part, 1).cheapest(Tie.LAST),
            part -> Chain.of(part, 0).cheapest(Tie.LAST),
            part -> Chain.of(part, 0).cheapest(Tie.FIRST),
            part -> Chain.of(part, 0.5).cheapest(Tie.MIDDLE),
            part -> Chain.of(part, 1).cheapest(Tie.FIRST));

    private Result best(ConvexPart part) {
        return apart(part, this::search);
    }

    /// The best of all rules, and where that still loses time, of random choices.
    private Result search(ConvexPart part) {
        var bound = part.criticalPath() * (1 + Chain.EXACT);
        var best = portfolio(part);
        var end = spent + budget(part.size());
        for (var seed = 0; best.seconds() > bound && seed < MOST_TRIES && spent < end; seed++) {
            var result = wander(part, new SplittableRandom(seed));
            best = result.seconds() < best.seconds() ? result : best;
        }
        return best;
    }

    private Result wander(ConvexPart part, SplittableRandom random) {
        var chain = Chain.of(part, random.nextInt(5) / 4.0);
        var cheap = chain.cheapest(random.nextInt(3) * 0.02);
        return cut(part, chain.first(cheap[random.nextInt(cheap.length)]), rest -> wander(rest, random));
    }

    /// Takes a part apart as far as that costs nothing, and the rest by a rule.
    private Result apart(ConvexPart part, Function<ConvexPart, Result> rest) {
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

    private Result cut(ConvexPart part, BitSet first, Function<ConvexPart, Result> rest) {
        var second = (BitSet) first.clone();
        second.flip(0, part.size());
        var one = apart(part.only(first), rest);
        var other = apart(part.only(second), rest);
        return new Result(Tree.sequence(List.of(one.tree(), other.tree())), one.seconds() + other.seconds());
    }

    private Result by(Rule rule, ConvexPart part) {
        var affordable = spent > limit ? SOURCES : rule;
        return cut(part, affordable.first(part), rest -> by(rule, rest));
    }

    /// The best of all rules, each followed to the end.
    private Result portfolio(ConvexPart part) {
        var bound = part.criticalPath() * (1 + Chain.EXACT);
        // What other parts have cost is not this one's.
        limit = spent + budget(part.size());
        Result best = null;
        for (var rule : RULES) {
            if (best != null && (best.seconds() <= bound || spent > limit)) {
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
}
