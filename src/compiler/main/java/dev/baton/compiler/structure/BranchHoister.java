package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Moves branches that begin with an await out of a fork that ends where the enclosing one ends, if that fork then has
/// one branch left and is not needed: an await may stand anywhere, so the fork was there for nothing.
final class BranchHoister {
    private final Dag dag;

    private BranchHoister(Dag dag) {
        this.dag = dag;
    }

    static Tree of(Dag dag, Tree tree) {
        return new BranchHoister(dag).visit(tree);
    }

    private Tree visit(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf;
            case Tree.Await await -> await;
            case Tree.Sequence sequence ->
                Tree.sequence(sequence.parts().stream().map(this::visit).toList());
            case Tree.Fork fork -> {
                var branches = new ArrayList<Tree>();
                for (var branch : fork.branches()) {
                    lift(visit(branch), branches);
                }
                yield Tree.fork(branches);
            }
            case Tree.Fold fold -> throw new IllegalArgumentException("folded too early");
            case Tree.Child child -> throw new IllegalArgumentException("split too early");
        };
    }

    private void lift(Tree branch, List<Tree> beside) {
        var parts = branch.parts();
        if (parts.size() < 2 || !(parts.getLast() instanceof Tree.Fork inner)) {
            beside.add(branch);
            return;
        }
        var before = Tree.sequence(parts.subList(0, parts.size() - 1));
        var waiting = new ArrayList<Tree>();
        var staying = new ArrayList<Tree>();
        for (var b : inner.branches()) {
            (b.parts().getFirst() instanceof Tree.Await ? waiting : staying).add(b);
        }
        if (staying.size() > 1 || waiting.isEmpty()) {
            beside.add(branch);
            return;
        }
        if (staying.isEmpty()) {
            staying.add(waiting.removeFirst());
        }
        beside.add(Tree.sequence(List.of(before, staying.getFirst())));
        waiting.forEach(b -> beside.add(later(b, before)));
    }

    /// The branch, which now has to wait for what it followed.
    private Tree later(Tree branch, Tree before) {
        var awaited = new TreeSet<Integer>();
        before.forEachLeaf(awaited::add);
        awaits(before, awaited);
        var parts = new ArrayList<>(branch.parts());
        if (parts.removeFirst() instanceof Tree.Await await) {
            awaited.addAll(await.nodes());
        }
        var latest = awaited.stream()
                .filter(node -> awaited.stream().noneMatch(other -> dag.before(node, other)))
                .toList();
        parts.addFirst(new Tree.Await(latest));
        return Tree.sequence(parts);
    }

    private static void awaits(Tree tree, Set<Integer> awaited) {
        switch (tree) {
            case Tree.Leaf leaf -> {}
            case Tree.Await await -> awaited.addAll(await.nodes());
            case Tree.Sequence sequence -> sequence.parts().forEach(part -> awaits(part, awaited));
            case Tree.Fork fork -> fork.branches().forEach(branch -> awaits(branch, awaited));
            case Tree.Fold fold -> awaits(fold.body(), awaited);
            case Tree.Child child -> awaits(child.body(), awaited);
        }
    }
}
