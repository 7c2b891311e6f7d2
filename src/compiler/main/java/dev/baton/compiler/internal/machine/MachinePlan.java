package dev.baton.compiler.internal.machine;

import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.structure.Dag;
import dev.baton.compiler.structure.Tree;
import java.util.List;
import java.util.stream.IntStream;

/// A graph of work, ready to be written as states: node `i` of the graph is `works.get(i)`.
public final class MachinePlan {
    /// The longest that an execution can last: a year.
    private static final long A_YEAR = 31_536_000;

    private static final long SHORTEST_TIMEOUT = 300;
    private static final long TIMEOUTS = 12;

    private final Dag dag;
    private final List<StateSpec> works;
    private final String awaitFunction;
    private final MachineLimits room;
    private final double[] latest;

    /// @param awaitFunction the version of the function that registers awaits, an ARN with `${…}`
    /// @param room what one state machine may hold
    public MachinePlan(Dag dag, List<StateSpec> works, String awaitFunction, MachineLimits room) {
        this.room = room;
        this.dag = dag;
        this.works = List.copyOf(works);
        this.awaitFunction = awaitFunction;
        this.latest = latest();
    }

    public StateSpec work(int node) {
        return works.get(node);
    }

    MachineLimits room() {
        return room;
    }

    String awaitFunction() {
        return awaitFunction;
    }

    /// When each node has ended at the latest, in seconds from the start, unless it failed.
    private double[] latest() {
        return dag.finishTimes(works.stream()
                // Each join may have to look again once.
                .mapToDouble(work -> work.worstSeconds() + SHORTEST_TIMEOUT)
                .toArray());
    }

    /// How long an await for some nodes waits: together longer than they can take, in pieces that heal a lost wake-up.
    Patience patience(List<Integer> nodes) {
        return patience(latest(nodes), SHORTEST_TIMEOUT);
    }

    /// How long a task waits for some nodes and then runs. What runs when a piece ends goes on running, but a piece is
    /// no shorter than an attempt, so that this is rare.
    ///
    /// @param works the one, or in a Map those of all items
    Patience patience(List<Integer> nodes, List<StateSpec> works) {
        return patience(
                latest(nodes)
                        + works.stream()
                                .mapToDouble(StateSpec::worstSeconds)
                                .max()
                                .orElse(0),
                Math.max(
                        SHORTEST_TIMEOUT,
                        works.stream()
                                .mapToLong(StateSpec::timeoutSeconds)
                                .max()
                                .orElse(0)));
    }

    /// Whether what stands in one place of a Map's body may take longer in one item than in another.
    boolean differInTime(Tree.Fold fold) {
        var first = fold.items().getFirst();
        return fold.items().stream()
                .anyMatch(item -> IntStream.range(0, item.size())
                        .anyMatch(i -> work(item.get(i)).timeoutSeconds()
                                != work(first.get(i)).timeoutSeconds()));
    }

    private double latest(List<Integer> nodes) {
        return nodes.stream().mapToDouble(node -> latest[node]).max().orElse(0);
    }

    private static Patience patience(double total, long shortest) {
        var bounded = Math.min(A_YEAR, total);
        var timeout = roundUp(Math.max((double) shortest, bounded / TIMEOUTS));
        return new Patience(timeout, (long) Math.ceil(bounded / timeout));
    }

    /// The longest time that the whole can take.
    long totalSeconds() {
        var total = 0.0;
        for (var seconds : latest) {
            total = Math.max(total, seconds);
        }
        return Math.min(A_YEAR, roundUp(total));
    }

    /// To whole steps of five minutes, so that a small change of one task changes few states.
    private static long roundUp(double seconds) {
        return Math.ceilDiv((long) Math.ceil(seconds), SHORTEST_TIMEOUT) * SHORTEST_TIMEOUT;
    }

    /// @param timeoutSeconds of one registration
    /// @param attempts how many registrations may follow the first
    record Patience(long timeoutSeconds, long attempts) {}
}
