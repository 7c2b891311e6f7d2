package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes out of a tree what its own order already says: nodes awaited that have finished anyway, awaits for a branch
/// that could simply go on, and awaits for just what a fork would join.
final class Simplification {
    private final Dag dag;

    private Simplification(Dag dag) {
        this.dag = dag;
    }

    static Tree of(Dag dag, Tree tree) {
        return new Simplification(dag).visit(AwaitSinker.of(tree), Guarantee.none(dag));
    }

    /// @param finished what has finished before; grows by what the tree does
    private Tree visit(Tree tree, Guarantee finished) {
        return switch (tree) {
            case Tree.Leaf leaf -> {
                finished.add(leaf.node());
                yield leaf;
            }
            case Tree.Await await -> {
                var open = await.nodes().stream()
                        .filter(node -> !finished.has(node))
                        .toList();
                open.forEach(finished::add);
                yield open.isEmpty() ? Tree.nothing() : new Tree.Await(open);
            }
            case Tree.Sequence sequence -> {
                var parts = new ArrayList<Tree>(sequence.parts().size());
                for (var part : sequence.parts()) {
                    parts.add(visit(part, finished));
                }
                yield Tree.sequence(parts);
            }
            case Tree.Fork fork -> fork(fork, finished);
            case Tree.Fold fold -> throw notYet(fold);
            case Tree.Child child -> throw notYet(child);
        };
    }

    private Tree fork(Tree.Fork fork, Guarantee finished) {
        var branches = new Branches(fork.branches());
        branches.join(finished);
        branches.goOn(finished);
        var visited = new ArrayList<Tree>();
        var after = finished.copy();
        for (var branch : branches.left()) {
            var inside = finished.copy();
            visited.add(visit(branch, inside));
            after.add(inside);
        }
        finished.add(after);
        return Tree.fork(visited);
    }

    /// Folding and splitting come after everything here.
    private static IllegalArgumentException notYet(Tree tree) {
        return new IllegalArgumentException("not simplified before it became " + tree);
    }

    /// The branches of one fork, which may go on in one another.
    private final class Branches {
        private final List<@Nullable Tree> branches;
        /// By node: the branch that holds it, or -1.
        private final int[] holder;

        Branches(List<Tree> branches) {
            this.branches = new ArrayList<>(branches);
            this.holder = new int[dag.size()];
            Arrays.fill(holder, -1);
            for (var i = 0; i < branches.size(); i++) {
                hold(branches.get(i), i);
            }
        }

        private void hold(Tree tree, int branch) {
            tree.forEachLeaf(node -> holder[node] = branch);
        }

        List<Tree> left() {
            var left = new ArrayList<Tree>();
            for (var branch : branches) {
                if (branch != null) {
                    left.add(branch);
                }
            }
            return left;
        }

        /// Where a branch awaits just what some whole branches end with, these join in front of it.
        void join(Guarantee finished) {
            for (var i = 0; i < branches.size(); i++) {
                var awaited = open(branches.get(i), finished);
                var whole = whole(awaited, i);
                if (!whole.isEmpty() && awaited.stream().allMatch(node -> whole.contains(holder[node]))) {
                    append(whole, i, List.of());
                }
            }
        }

        /// Where a branch awaits a whole other one and more, it goes on after that one.
        void goOn(Guarantee finished) {
            for (var i = 0; i < branches.size(); i++) {
                var awaited = open(branches.get(i), finished);
                var whole = whole(awaited, i);
                if (!whole.isEmpty()) {
                    var first = whole.getFirst();
                    append(
                            List.of(first),
                            i,
                            awaited.stream()
                                    .filter(node -> holder[node] != first)
                                    .toList());
                }
            }
        }

        /// What the branch begins with waiting for.
        private List<Integer> open(@Nullable Tree branch, Guarantee finished) {
            return branch != null && branch.parts().getFirst() instanceof Tree.Await await
                    ? await.nodes().stream().filter(node -> !finished.has(node)).toList()
                    : List.of();
        }

        /// The branches that hold an awaited node and nothing that comes after all awaited ones, ascending.
        private List<Integer> whole(List<Integer> awaited, int waiting) {
            var mayWaitFor = Allowance.until(dag, awaited);
            return awaited.stream()
                    .map(node -> holder[node])
                    .filter(branch -> branch >= 0 && branch != waiting)
                    .distinct()
                    .sorted()
                    .filter(branch -> isWithin(branches.get(branch), mayWaitFor))
                    .toList();
        }

        private boolean isWithin(@Nullable Tree branch, Allowance mayWaitFor) {
            return switch (branch) {
                case null -> false;
                case Tree.Leaf leaf -> mayWaitFor.allows(leaf.node());
                case Tree.Await await -> true;
                case Tree.Sequence sequence ->
                    sequence.parts().reversed().stream().allMatch(p -> isWithin(p, mayWaitFor));
                case Tree.Fork fork -> fork.branches().stream().allMatch(b -> isWithin(b, mayWaitFor));
                case Tree.Fold fold -> throw notYet(fold);
                case Tree.Child child -> throw notYet(child);
            };
        }

        /// The waiting branch goes on after the given ones, awaiting what else it has to.
        private void append(List<Integer> first, int waiting, List<Integer> awaited) {
            var parts = new ArrayList<Tree>();
            var joined = new ArrayList<Tree>();
            for (var branch : first) {
                var tree = branches.get(branch);
                if (tree != null) {
                    joined.add(tree);
                }
                branches.set(branch, null);
            }
            parts.add(Tree.fork(joined));
            if (!awaited.isEmpty()) {
                parts.add(new Tree.Await(awaited));
            }
            var tree = branches.get(waiting);
            if (tree != null) {
                parts.addAll(tree.parts().subList(1, tree.parts().size()));
            }
            var whole = Tree.sequence(parts);
            branches.set(waiting, whole);
            hold(whole, waiting);
        }
    }
}
