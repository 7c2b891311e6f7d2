package dev.baton.compiler.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

/// A [Tree] under construction. Joining two blocks uses both up: the larger takes in the smaller, so that building a
/// tree of n nodes costs n log n whatever its form.
final class Block {
    /// What a dummy edge carries.
    static final Block NOTHING = new Block(Kind.NOTHING, -1, List.of());

    private enum Kind {
        NOTHING,
        LEAF,
        AWAIT,
        SEQUENCE,
        FORK
    }

    private final Kind kind;
    private final int node;
    private final List<Integer> awaited;
    private final Deque<Block> parts = new ArrayDeque<>(2);
    private int depth;

    private Block(Kind kind, int node, List<Integer> awaited) {
        this.kind = kind;
        this.node = node;
        this.awaited = awaited;
    }

    static Block leaf(int node) {
        return new Block(Kind.LEAF, node, List.of());
    }

    static Block await(List<Integer> nodes) {
        return nodes.isEmpty() ? NOTHING : new Block(Kind.AWAIT, -1, nodes);
    }

    static Block sequence(Block first, Block second) {
        if (first.isNothing()) {
            return second;
        }
        if (second.isNothing()) {
            return first;
        }
        if (second.kind == Kind.SEQUENCE && (first.kind != Kind.SEQUENCE || first.parts.size() < second.parts.size())) {
            if (first.kind == Kind.SEQUENCE) {
                first.parts.descendingIterator().forEachRemaining(second.parts::addFirst);
            } else {
                second.parts.addFirst(first);
            }
            second.depth = Math.max(first.depth, second.depth);
            return second;
        }
        var whole = first.kind == Kind.SEQUENCE ? first : group(Kind.SEQUENCE, first);
        if (second.kind == Kind.SEQUENCE) {
            whole.parts.addAll(second.parts);
        } else {
            whole.parts.addLast(second);
        }
        whole.depth = Math.max(first.depth, second.depth);
        return whole;
    }

    static Block fork(Block one, Block other) {
        if (one.isNothing()) {
            return other;
        }
        if (other.isNothing()) {
            return one;
        }
        var large = one.kind == Kind.FORK && one.parts.size() >= other.parts.size() ? one : other;
        var small = large == one ? other : one;
        if (large.kind != Kind.FORK) {
            large = group(Kind.FORK, large);
            large.depth = 1 + large.parts.getFirst().depth;
        }
        if (small.kind == Kind.FORK) {
            large.parts.addAll(small.parts);
            large.depth = Math.max(large.depth, small.depth);
        } else {
            large.parts.addLast(small);
            large.depth = Math.max(large.depth, 1 + small.depth);
        }
        return large;
    }

    private static Block group(Kind kind, Block only) {
        var group = new Block(kind, -1, List.of());
        group.parts.add(only);
        return group;
    }

    boolean isNothing() {
        return kind == Kind.NOTHING;
    }

    boolean isFork() {
        return kind == Kind.FORK;
    }

    /// The depth to which forks stand in forks.
    int depth() {
        return depth;
    }

    void forEachLeaf(IntConsumer action) {
        if (kind == Kind.LEAF) {
            action.accept(node);
        }
        parts.forEach(part -> part.forEachLeaf(action));
    }

    Tree tree() {
        return switch (kind) {
            case NOTHING -> Tree.nothing();
            case LEAF -> new Tree.Leaf(node);
            case AWAIT -> new Tree.Await(awaited);
            case SEQUENCE -> Tree.sequence(trees());
            case FORK -> Tree.fork(trees());
        };
    }

    private List<Tree> trees() {
        var trees = new ArrayList<Tree>(parts.size());
        parts.forEach(part -> trees.add(part.tree()));
        return trees;
    }
}
