package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/// A tree of sequences and forks: one after another, side by side, and waiting for what another branch does.
public sealed interface Tree {

    /// One node of the graph, which starts when what it awaits has finished too.
    ///
    /// @param awaited nodes that other branches hold, ascending; mostly none
    record Leaf(int node, List<Integer> awaited) implements Tree {
        public Leaf {
            awaited = List.copyOf(awaited);
        }

        /// A node that waits for nothing but what it stands behind.
        public Leaf(int node) {
            this(node, List.of());
        }
    }

    /// A join by task token: goes on when each of the nodes, which other branches hold, has finished.
    ///
    /// @param nodes ascending
    record Await(List<Integer> nodes) implements Tree {
        public Await {
            nodes = List.copyOf(nodes);
        }
    }

    /// Each part starts when the one before has ended.
    record Sequence(List<Tree> parts) implements Tree {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /// All branches start together; what follows starts when the last has ended.
    record Fork(List<Tree> branches) implements Tree {
        public Fork {
            branches = List.copyOf(branches);
        }
    }

    /// One tree for many sets of nodes: what differs between its items is the nodes alone.
    ///
    /// @param body the tree of the first item
    /// @param items for each item, what takes the place of each leaf of the body, in the order of the leaves
    record Fold(Tree body, List<List<Integer>> items) implements Tree {
        public Fold {
            items = items.stream().map(List::copyOf).toList();
        }
    }

    /// A part that becomes a state machine of its own, which this one starts and waits for.
    record Child(Tree body) implements Tree {}

    /// Nothing to do.
    static Tree nothing() {
        return new Sequence(List.of());
    }

    /// One after another, without needless nesting.
    static Tree sequence(List<Tree> parts) {
        var flat = new ArrayList<Tree>(parts.size());
        for (var part : parts) {
            if (part instanceof Sequence inner) {
                flat.addAll(inner.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Sequence(flat);
    }

    /// Side by side, without needless nesting; branches stand in the order of their lowest node.
    static Tree fork(List<Tree> branches) {
        var flat = new ArrayList<Tree>(branches.size());
        for (var branch : branches) {
            if (branch instanceof Fork inner) {
                flat.addAll(inner.branches());
            } else if (!branch.equals(nothing())) {
                flat.add(branch);
            }
        }
        if (flat.isEmpty()) {
            return nothing();
        }
        if (flat.size() == 1) {
            return flat.getFirst();
        }
        record Keyed(int lowest, Tree branch) {}
        return new Fork(flat.stream()
                .map(branch -> new Keyed(branch.lowest(), branch))
                .sorted((a, b) -> Integer.compare(a.lowest(), b.lowest()))
                .map(Keyed::branch)
                .toList());
    }

    /// The same tree over other nodes.
    default Tree map(IntUnaryOperator renamed) {
        return switch (this) {
            case Leaf leaf -> new Leaf(renamed.applyAsInt(leaf.node()), renamed(leaf.awaited(), renamed));
            case Await await -> new Await(renamed(await.nodes(), renamed));
            case Sequence sequence ->
                new Sequence(
                        sequence.parts().stream().map(part -> part.map(renamed)).toList());
            case Fork fork ->
                fork(fork.branches().stream().map(branch -> branch.map(renamed)).toList());
            case Fold fold ->
                new Fold(
                        fold.body().map(renamed),
                        fold.items().stream()
                                .map(item ->
                                        item.stream().map(renamed::applyAsInt).toList())
                                .toList());
            case Child child -> new Child(child.body().map(renamed));
        };
    }

    private static List<Integer> renamed(List<Integer> nodes, IntUnaryOperator renamed) {
        return nodes.stream().map(renamed::applyAsInt).sorted().toList();
    }

    /// The parts in sequence, if it is one; itself otherwise.
    default List<Tree> parts() {
        return List.of(this);
    }

    /// Calls with every node, in the order of the tree.
    default void forEachLeaf(IntConsumer action) {
        switch (this) {
            case Leaf leaf -> action.accept(leaf.node());
            case Await await -> {}
            case Sequence sequence -> sequence.parts().forEach(part -> part.forEachLeaf(action));
            case Fork fork -> fork.branches().forEach(branch -> branch.forEachLeaf(action));
            case Fold fold -> fold.items().forEach(item -> item.forEach(action::accept));
            case Child child -> child.body().forEachLeaf(action);
        }
    }

    /// Calls with every node that something in it awaits, of each Map's first item alone.
    default void forEachAwaited(IntConsumer action) {
        switch (this) {
            case Leaf leaf -> leaf.awaited().forEach(action::accept);
            case Await await -> await.nodes().forEach(action::accept);
            case Sequence sequence -> sequence.parts().forEach(part -> part.forEachAwaited(action));
            case Fork fork -> fork.branches().forEach(branch -> branch.forEachAwaited(action));
            case Fold fold -> fold.body().forEachAwaited(action);
            case Child child -> child.body().forEachAwaited(action);
        }
    }

    /// The lowest node in it, or the largest integer where there is none.
    default int lowest() {
        var lowest = new int[] {Integer.MAX_VALUE};
        forEachLeaf(node -> lowest[0] = Math.min(lowest[0], node));
        return lowest[0];
    }

    /// The number of its awaits.
    default int awaits() {
        return switch (this) {
            case Leaf leaf -> leaf.awaited().isEmpty() ? 0 : 1;
            case Await await -> 1;
            case Sequence sequence ->
                sequence.parts().stream().mapToInt(Tree::awaits).sum();
            case Fork fork -> fork.branches().stream().mapToInt(Tree::awaits).sum();
            case Fold fold -> fold.body().awaits();
            case Child child -> child.body().awaits();
        };
    }

    /// The number of its forks.
    default int forks() {
        return switch (this) {
            case Leaf leaf -> 0;
            case Await await -> 0;
            case Sequence sequence ->
                sequence.parts().stream().mapToInt(Tree::forks).sum();
            case Fork fork -> 1 + fork.branches().stream().mapToInt(Tree::forks).sum();
            case Fold fold -> fold.body().forks();
            case Child child -> child.body().forks();
        };
    }

    /// The depth to which forks stand in forks.
    default int depth() {
        return switch (this) {
            case Leaf leaf -> 0;
            case Await await -> 0;
            case Sequence sequence ->
                sequence.parts().stream().mapToInt(Tree::depth).max().orElse(0);
            case Fork fork ->
                1 + fork.branches().stream().mapToInt(Tree::depth).max().orElse(0);
            case Fold fold -> 1 + fold.body().depth();
            case Child child -> child.body().depth();
        };
    }
}
