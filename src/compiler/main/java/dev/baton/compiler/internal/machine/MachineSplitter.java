package dev.baton.compiler.internal.machine;

import dev.baton.compiler.structure.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Moves parts of a tree that is too large for one state machine into machines of their own, so that each fits. Parts
/// that follow each other, and branches that stand beside each other, move in groups: nothing new waits for anything.
record MachineSplitter(MachinePlan plan) {
    /// The tree itself if it fits, else one of which parts are [Tree.Child]. The last leaf stays: it tells the result.
    Tree fit(Tree tree) {
        return enough(shallow(tree).tree());
    }

    /// @param nesting how deep Parallels and Maps stand in each other in the tree's own machine
    private record Shallow(Tree tree, int nesting) {}

    /// What is nested too deep moves into machines of its own, from the innermost outwards.
    private Shallow shallow(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> new Shallow(leaf, 0);
            case Tree.Await await -> new Shallow(await, 0);
            case Tree.Child child -> new Shallow(child, 0);
            case Tree.Fold fold -> new Shallow(fold, 1 + fold.body().depth());
            case Tree.Sequence sequence -> {
                var parts = new ArrayList<Tree>(sequence.parts().size());
                var nesting = deepest(sequence.parts(), parts);
                yield new Shallow(Tree.sequence(parts), nesting);
            }
            case Tree.Fork fork -> {
                var branches = new ArrayList<Tree>(fork.branches().size());
                var nesting = 1 + deepest(fork.branches(), branches);
                var shallow = Tree.fork(branches);
                yield nesting < plan.room().nesting()
                        ? new Shallow(shallow, nesting)
                        : new Shallow(new Tree.Child(enough(shallow)), 0);
            }
        };
    }

    private int deepest(List<Tree> trees, List<Tree> into) {
        var deepest = 0;
        for (var tree : trees) {
            var shallow = shallow(tree);
            into.add(shallow.tree());
            deepest = Math.max(deepest, shallow.nesting());
        }
        return deepest;
    }

    private Tree enough(Tree tree) {
        if (fits(tree)) {
            return tree;
        }
        var parts = tree.parts();
        if (parts.size() > 1 && parts.getLast() instanceof Tree.Leaf last) {
            return Tree.sequence(List.of(enough(split(Tree.sequence(parts.subList(0, parts.size() - 1)))), last));
        }
        return enough(split(tree));
    }

    private boolean fits(Tree tree) {
        return TreeWeight.of(tree, plan).fits(plan.room());
    }

    /// The tree with everything in children, each of which fits.
    private Tree split(Tree tree) {
        if (fits(tree)) {
            return moved(tree);
        }
        return switch (tree) {
            case Tree.Sequence sequence -> Tree.sequence(group(sequence.parts(), Tree::sequence));
            case Tree.Fork fork -> Tree.fork(group(fork.branches(), Tree::fork));
            case Tree.Fold fold ->
                Tree.fork(halves(fold).stream().map(this::split).toList());
            case Tree.Leaf leaf -> leaf;
            case Tree.Await await -> await;
            case Tree.Child child -> child;
        };
    }

    /// A part in a machine of its own; what only waits stays, since there is nothing to make smaller by it.
    private static Tree moved(Tree tree) {
        return tree.lowest() == Integer.MAX_VALUE ? tree : new Tree.Child(tree);
    }

    private static List<Tree> halves(Tree.Fold fold) {
        var middle = fold.items().size() / 2;
        if (middle == 0) {
            return List.of(fold.body());
        }
        // The second half's body may stay the first item's: only the items say whose nodes they are.
        return List.of(
                new Tree.Fold(fold.body(), fold.items().subList(0, middle)),
                new Tree.Fold(
                        fold.body(), fold.items().subList(middle, fold.items().size())));
    }

    private List<Tree> group(List<Tree> parts, Function<List<Tree>, Tree> join) {
        var groups = new ArrayList<Tree>();
        var open = new ArrayList<Tree>();
        for (var part : parts) {
            var small = fits(part) ? part : split(part);
            open.add(small);
            if (!fits(join.apply(open))) {
                open.removeLast();
                close(open, join, groups);
                open.add(small);
            }
        }
        close(open, join, groups);
        return groups;
    }

    private static void close(List<Tree> open, Function<List<Tree>, Tree> join, List<Tree> groups) {
        if (!open.isEmpty()) {
            groups.add(moved(join.apply(open)));
            open.clear();
        }
    }
}
