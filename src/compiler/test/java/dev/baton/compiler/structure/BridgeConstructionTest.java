package dev.baton.compiler.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.compiler.structure.Graphs.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BridgeConstructionTest {

    @ParameterizedTest
    @EnumSource(Shape.class)
    void every_node_of_a_random_graph_starts_when_its_predecessors_have_ended(Shape shape) {
        for (var seed = 0; seed < 250; seed++) {
            var random = new SplittableRandom(seed);
            var dag = Graphs.random(shape, 1 + random.nextInt(60), random);
            var tree = BridgeConstruction.tree(dag);
            assertThat(leaves(tree)).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(all(dag));
            for (var times = 0; times < 3; times++) {
                var seconds = Graphs.seconds(dag.size(), random);
                assertThat(new Timeline(tree, seconds).starts)
                        .as("seed %s: %s", seed, tree)
                        .containsExactly(earliest(dag, seconds), within(1e-6));
            }
        }
    }

    @Test
    void a_series_parallel_graph_has_no_awaits() {
        for (var seed = 0; seed < 150; seed++) {
            var random = new SplittableRandom(seed);
            var dag = Graphs.random(Shape.SERIES_PARALLEL, 1 + random.nextInt(80), random);
            assertThat(BridgeConstruction.tree(dag).awaits())
                    .as("seed %s", seed)
                    .isZero();
        }
    }

    @Test
    void small_graphs_have_hardly_more_awaits_than_the_exact_minimum() {
        var graphs = 0;
        var least = 0;
        var ours = 0;
        for (var shape : Shape.values()) {
            for (var seed = 0; seed < 60; seed++) {
                var random = new SplittableRandom(seed);
                var dag = Graphs.random(shape, 4 + random.nextInt(6), random);
                var minimum = LeastAwaits.of(dag);
                var awaits = BridgeConstruction.tree(dag).awaits();
                assertThat(awaits).as("%s, seed %s", shape, seed).isBetween(minimum, minimum + 1);
                graphs++;
                least += minimum;
                ours += awaits;
            }
        }
        assertThat(ours).as("of %s graphs", graphs).isLessThanOrEqualTo(least + least / 50 + 1);
    }

    @Test
    void equal_graphs_give_equal_trees() {
        for (var seed = 0; seed < 50; seed++) {
            var dag = Graphs.random(Shape.SPARSE, 60, new SplittableRandom(seed));
            assertThat(BridgeConstruction.tree(dag)).isEqualTo(BridgeConstruction.tree(dag));
        }
    }

    @Test
    void an_n_takes_one_await() {
        // 0 and 1 before 2, 1 before 3.
        var dag = Dag.of(List.of(new int[] {}, new int[] {}, new int[] {0, 1}, new int[] {1}));
        assertThat(BridgeConstruction.tree(dag).awaits()).isEqualTo(1);
    }

    @Test
    void a_ladder_of_forks_does_not_nest_without_end() {
        // Every rung forks off one side branch that all later ones wait for: series-parallel, 2,000 deep.
        var required = new ArrayList<int[]>();
        required.add(new int[] {});
        for (var rung = 1; rung < 2_000; rung++) {
            required.add(new int[] {});
            required.add(rung == 1 ? new int[] {0, 1} : new int[] {2 * rung - 2, 2 * rung - 1});
        }
        var dag = Dag.of(required);
        var tree = BridgeConstruction.tree(dag);
        assertThat(tree.depth()).isLessThanOrEqualTo(Reduction.MAX_DEPTH + 1);
        var seconds = Graphs.seconds(dag.size(), new SplittableRandom(1));
        assertThat(new Timeline(tree, seconds).end).isCloseTo(dag.criticalPath(seconds), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"20, 40", "40, 40", "26, 27", "3, 60"})
    void in_a_grid_whose_forks_nest_deeper_than_they_may_no_node_starts_early_or_late(int width, int height) {
        var required = new ArrayList<int[]>();
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var left = x == 0 ? IntStream.empty() : IntStream.of(y * width + x - 1);
                var above = y == 0 ? IntStream.empty() : IntStream.of((y - 1) * width + x);
                required.add(IntStream.concat(left, above).toArray());
            }
        }
        var dag = Dag.of(required);
        var tree = BridgeConstruction.tree(dag);
        var random = new SplittableRandom(1);
        for (var times = 0; times < 20; times++) {
            var seconds = Graphs.seconds(dag.size(), random);
            assertThat(new Timeline(tree, seconds).starts).containsExactly(earliest(dag, seconds), within(1e-6));
        }
    }

    private static double[] earliest(Dag dag, double[] seconds) {
        var starts = dag.finishTimes(seconds);
        for (var node = 0; node < starts.length; node++) {
            starts[node] -= seconds[node];
        }
        return starts;
    }

    static List<Integer> leaves(Tree tree) {
        var leaves = new ArrayList<Integer>();
        tree.forEachLeaf(leaves::add);
        return leaves;
    }

    private static List<Integer> all(Dag dag) {
        var all = new ArrayList<Integer>();
        for (var node = 0; node < dag.size(); node++) {
            all.add(node);
        }
        return all;
    }
}
