package dev.baton.compiler.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.StateMachine;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.machine.MachineCompiler;
import dev.baton.compiler.internal.machine.MachinePlan;
import dev.baton.compiler.internal.machine.StateSpec;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.structure.Dag;
import dev.baton.compiler.structure.Graphs;
import dev.baton.compiler.structure.Graphs.Shape;
import dev.baton.compiler.structure.Structure;
import dev.baton.compiler.structure.Timeline;
import dev.baton.compiler.structure.Tree;
import dev.baton.graph.Declarations.ApprovalTerms;
import dev.baton.graph.Declarations.Retrying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The proof against brute force: whatever is changed in a structure, it is refused just where an edge is broken, a
/// node is not run once, or nothing ever ends.
class OrderMutationTest {
    private static final int GRAPHS_OF_A_SHAPE = Boolean.getBoolean("baton.thorough") ? 600 : 60;
    private static final int MUTANTS_OF_A_GRAPH = 40;
    private static final Retrying ONCE = new Retrying(0, 1, 1, 1);
    /// So little that small graphs are split too.
    private static final MachineLimits NARROW = new MachineLimits(1_000_000, 20_000, 4, 200_000, 3);

    @ParameterizedTest
    @EnumSource(Shape.class)
    void a_changed_structure_is_refused_where_brute_force_finds_it_broken_and_nowhere_else(Shape shape) {
        var broken = 0;
        var kept = 0;
        for (var seed = 0; seed < GRAPHS_OF_A_SHAPE; seed++) {
            var random = new SplittableRandom(seed);
            var size = 4 + random.nextInt(9);
            var dag = Graphs.random(shape, size, random);
            var kinds = random.nextInt(2) == 0 ? 1 : 3;
            var tree = Structure.of(
                    dag,
                    IntStream.range(0, size)
                            .mapToObj(node -> "kind " + node % kinds)
                            .toList(),
                    random.nextInt(4) > 0,
                    null);
            var room = random.nextBoolean() ? NARROW : MachineLimits.DEFAULT;
            var about = shape + ", seed " + seed + ": ";
            assertThat(breaches(dag, tree, room)).as(about + tree).isEmpty();
            var mutants = new ArrayList<>(Mutants.of(tree));
            Collections.shuffle(mutants, new java.util.Random(seed));
            for (var mutant : mutants.subList(0, Math.min(MUTANTS_OF_A_GRAPH, mutants.size()))) {
                var holds = keeps(dag, mutant);
                assertThat(breaches(dag, mutant, room).isEmpty())
                        .as(() -> about + mutant + " of " + tree)
                        .isEqualTo(holds);
                if (holds) {
                    kept++;
                } else {
                    broken++;
                }
            }
        }
        System.out.printf("%s: %d changed structures refused, %d accepted%n", shape, broken, kept);
        assertThat(broken).isGreaterThan(GRAPHS_OF_A_SHAPE);
        assertThat(kept).isPositive();
    }

    private static List<OrderBreach> breaches(Dag dag, Tree tree, MachineLimits room) {
        var works = IntStream.range(0, dag.size())
                .mapToObj(node -> approved(
                        dag, new StateSpec("n" + node, "kind", "", "arn:aws:lambda:r:a:function:f:1", 60, ONCE)))
                .toList();
        var plan = new MachinePlan(dag, works, "arn:aws:lambda:r:a:function:await:1", room);
        var definitions = new LinkedHashMap<String, StateMachine>();
        new MachineCompiler(
                        plan, number -> "part-" + number, number -> ResourceNames.machineArn("part-" + number) + ":1")
                .bare("whole", tree)
                .forEach(written -> definitions.put(written.name(), written.machine()));
        return OrderProof.breaches(
                new GivenGraph(
                        works.stream().map(StateSpec::id).toList(),
                        required(dag),
                        IntStream.range(0, dag.size())
                                .filter(node -> isApproved(dag))
                                .boxed()
                                .collect(Collectors.toMap(node -> node, node -> 3_600L))),
                definitions);
    }

    /// In every fourth graph all nodes have to be approved: what folds is alike.
    private static boolean isApproved(Dag dag) {
        return dag.size() % 4 == 0;
    }

    private static StateSpec approved(Dag dag, StateSpec work) {
        return isApproved(dag)
                ? work.approved(new StateSpec.ApprovalWait(
                        "arn:aws:lambda:r:a:function:approval:1",
                        new ApprovalTerms("team", Duration.ofHours(1), 1, "a test")))
                : work;
    }

    /// All edges, the implied ones too.
    private static List<int[]> required(Dag dag) {
        return IntStream.range(0, dag.size())
                .mapToObj(node -> IntStream.range(0, dag.size())
                        .filter(before -> dag.before(before, node))
                        .toArray())
                .toList();
    }

    /// By trying it out: of two nodes the first is over when the second starts, whatever they take, if it is where the
    /// first takes a second and all others nothing.
    private static boolean keeps(Dag dag, Tree tree) {
        var plain = plain(tree);
        var count = new int[dag.size()];
        plain.forEachLeaf(node -> count[node]++);
        if (IntStream.of(count).anyMatch(times -> times != 1)) {
            return false;
        }
        try {
            for (var slow = 0; slow < dag.size(); slow++) {
                var seconds = new double[dag.size()];
                seconds[slow] = 1;
                var starts = new Timeline(plain, seconds).starts;
                for (var node = 0; node < dag.size(); node++) {
                    if (dag.before(slow, node) && starts[node] < 1) {
                        return false;
                    }
                }
            }
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /// The tree with a branch for each item of a Map.
    private static Tree plain(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf ->
                leaf.awaited().isEmpty()
                        ? leaf
                        : new Tree.Sequence(List.of(new Tree.Await(leaf.awaited()), new Tree.Leaf(leaf.node())));
            case Tree.Await await -> await;
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        sequence.parts().stream().map(OrderMutationTest::plain).toList());
            case Tree.Fork fork ->
                new Tree.Fork(
                        fork.branches().stream().map(OrderMutationTest::plain).toList());
            case Tree.Fold fold -> {
                var leaves = new ArrayList<Integer>();
                fold.body().forEachLeaf(leaves::add);
                yield new Tree.Fork(fold.items().stream()
                        .map(item -> plain(fold.body()).map(node -> item.get(leaves.indexOf(node))))
                        .toList());
            }
            case Tree.Child child -> plain(child.body());
        };
    }
}
