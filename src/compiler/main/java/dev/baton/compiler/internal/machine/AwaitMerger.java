package dev.baton.compiler.internal.machine;

import dev.baton.compiler.structure.Tree;
import java.util.ArrayList;
import java.util.List;

/// Makes one of an await and the task that follows it: the state that waits is the state that does the work, so a join
/// costs no transition of its own. An await before anything else, which cannot be begun by a message, stays.
record AwaitMerger(MachinePlan plan) {
    Tree of(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf;
            case Tree.Await await -> await;
            case Tree.Sequence sequence -> Tree.sequence(joined(sequence.parts()));
            case Tree.Fork fork ->
                new Tree.Fork(fork.branches().stream().map(this::of).toList());
            case Tree.Fold fold -> new Tree.Fold(of(fold.body()), fold.items());
            case Tree.Child child -> new Tree.Child(of(child.body()));
        };
    }

    private List<Tree> joined(List<Tree> parts) {
        var joined = new ArrayList<Tree>(parts.size());
        for (var part : parts) {
            // What expands begins with a list of its items, which is not its result; only functions are begun by one.
            if (part instanceof Tree.Leaf leaf
                    && plan.work(leaf.node()).expansion() == null
                    && plan.work(leaf.node()).place() == null
                    && plan.work(leaf.node()).approval() == null
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Tree.Await await) {
                joined.set(joined.size() - 1, new Tree.Leaf(leaf.node(), await.nodes()));
            } else {
                joined.add(of(part));
            }
        }
        return joined;
    }
}
