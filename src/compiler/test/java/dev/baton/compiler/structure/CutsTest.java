package dev.baton.compiler.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.compiler.structure.Graphs.Shape;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CutsTest {

    @ParameterizedTest
    @EnumSource(Shape.class)
    void barriers_keep_the_order_of_a_random_graph_and_take_the_time_they_say(Shape shape) {
        for (var seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            var dag = Graphs.random(shape, 1 + random.nextInt(60), random);
            var seconds = Graphs.seconds(dag.size(), random);
            var result = Cuts.of(dag, seconds);
            assertThat(result.tree().awaits()).isZero();
            var timeline = new Timeline(result.tree(), seconds);
            assertThat(timeline.end).as("seed %s", seed).isCloseTo(result.seconds(), within(1e-6));
            for (var node = 0; node < dag.size(); node++) {
                for (var p : dag.predecessors(node)) {
                    assertThat(timeline.starts[node])
                            .as("seed %s: %s before %s", seed, p, node)
                            .isGreaterThanOrEqualTo(timeline.starts[p] + seconds[p] - 1e-6);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void small_graphs_are_cut_as_well_as_is_possible(Shape shape) {
        for (var seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            var dag = Graphs.random(shape, 4 + random.nextInt(6), random);
            var seconds = Graphs.seconds(dag.size(), random);
            var optimum = new Optimum(dag, seconds).seconds();
            assertThat(Cuts.of(dag, seconds).seconds()).as("seed %s", seed).isBetween(optimum - 1e-6, optimum + 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void free_barriers_lose_nothing_in_the_durations_they_were_chosen_for(Shape shape) {
        for (var seed = 0; seed < 100; seed++) {
            var random = new SplittableRandom(seed);
            var dag = Graphs.random(shape, 1 + random.nextInt(60), random);
            var seconds = Graphs.seconds(dag.size(), random);
            var tree = Simplification.of(dag, Cuts.free(dag, seconds));
            assertThat(BridgeConstructionTest.leaves(tree)).hasSize(dag.size());
            assertThat(new Timeline(tree, seconds).end)
                    .as("seed %s", seed)
                    .isCloseTo(dag.criticalPath(seconds), within(1e-6));
        }
    }

    @Test
    void a_part_comes_apart_into_the_longest_series() {
        var dag =
                Dag.of(java.util.List.of(new int[] {}, new int[] {0}, new int[] {0}, new int[] {1, 2}, new int[] {3}));
        var series = ConvexPart.whole(dag, new double[5]).series();
        assertThat(series).extracting(ConvexPart::size).containsExactly(1, 2, 1, 1);
    }

    /// The shortest makespan of all trees of sequence and fork, by trying every one.
    private static final class Optimum {
        private final Dag dag;
        private final double[] seconds;
        private final Map<Integer, Double> found = new HashMap<>();

        Optimum(Dag dag, double[] seconds) {
            this.dag = dag;
            this.seconds = seconds;
        }

        double seconds() {
            return best((1 << dag.size()) - 1);
        }

        private double best(int nodes) {
            if (Integer.bitCount(nodes) == 1) {
                return seconds[Integer.numberOfTrailingZeros(nodes)];
            }
            var there = found.get(nodes);
            if (there != null) {
                return there;
            }
            var best = Double.MAX_VALUE;
            for (var some = (nodes - 1) & nodes; some != 0; some = (some - 1) & nodes) {
                var rest = nodes & ~some;
                var forward = related(some, rest);
                var backward = related(rest, some);
                if (!forward && !backward) {
                    best = Math.min(best, Math.max(best(some), best(rest)));
                } else if (!backward) {
                    best = Math.min(best, best(some) + best(rest));
                }
            }
            found.put(nodes, best);
            return best;
        }

        /// Whether a node of the first set precedes one of the second.
        private boolean related(int first, int second) {
            var before = new BitSet();
            for (var rest = second; rest != 0; rest &= rest - 1) {
                before.or(dag.ancestors(Integer.numberOfTrailingZeros(rest)));
            }
            return before.intersects(BitSet.valueOf(new long[] {first}));
        }
    }
}
