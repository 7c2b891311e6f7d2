package dev.baton.compiler.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;

/// Reduces a graph to one block, by series and parallel reductions of the graph whose edges are blocks and whose
/// vertices are moments (Valdes, Tarjan and Lawler, 1982). A series-parallel order reduces to the end. Any other gets
/// stuck; then one vertex is made an await ([#detach]) and the reductions go on.
///
/// An await frees two things. The blocks that ended at its moment are now looked for by the await alone, so they may be
/// enclosed by anything that ends after them (a [Vertex.Kind#FREE] end). What starts at the moment needs no place of
/// its own any more, since the await itself waits: it may hang anywhere earlier (a [Vertex.Kind#FLOATING] start). Both
/// are put beside a block with the same end, or the same start, as soon as there is one: that adds no order that the
/// graph does not have, and takes no choice from what is left. So the only choice is which vertex to detach.
final class Reduction {
    /// Forks stand at most so deep in forks: deeper ones become chains side by side with awaits. States nest four JSON
    /// levels for each, and nobody reads deeper.
    static final int MAX_DEPTH = 24;

    private final Dag dag;
    private final Vertex source;
    private final Vertex sink;
    private final List<Vertex> vertices = new ArrayList<>();
    private final Deque<Vertex> queue = new ArrayDeque<>();
    private Block beside = Block.NOTHING;

    Reduction(Dag dag) {
        this.dag = dag;
        this.source = vertex(Vertex.Kind.SOURCE, List.of());
        this.sink = vertex(Vertex.Kind.SINK, List.of());
        build();
        vertices.forEach(this::enqueue);
        run();
    }

    /// Equal sets of predecessors are one moment. A node ends at the moment that needs it; one that several moments
    /// need ends at a moment of its own (shared by all that the same moments need) with dummy edges to them.
    private void build() {
        var moments = new LinkedHashMap<List<Integer>, Vertex>();
        var heads = new ArrayList<List<Vertex>>();
        for (var node = 0; node < dag.size(); node++) {
            heads.add(new ArrayList<>());
        }
        var tails = new Vertex[dag.size()];
        for (var node = 0; node < dag.size(); node++) {
            var joins = boxed(dag.predecessors(node));
            if (joins.isEmpty()) {
                tails[node] = source;
                continue;
            }
            var moment = moments.get(joins);
            if (moment == null) {
                moment = vertex(Vertex.Kind.NORMAL, joins);
                moments.put(joins, moment);
                for (var join : joins) {
                    heads.get(join).add(moment);
                }
            }
            tails[node] = moment;
        }
        var ends = new LinkedHashMap<List<Vertex>, List<Integer>>();
        for (var node = 0; node < dag.size(); node++) {
            ends.computeIfAbsent(heads.get(node), moment -> new ArrayList<>()).add(node);
        }
        ends.forEach((needed, nodes) -> {
            var head = needed.isEmpty() ? sink : needed.size() == 1 ? needed.getFirst() : dummies(needed, nodes);
            nodes.forEach(node -> connect(tails[node], head, Block.leaf(node)));
        });
    }

    private Vertex dummies(List<Vertex> needed, List<Integer> nodes) {
        var end = vertex(Vertex.Kind.NORMAL, List.copyOf(nodes));
        needed.forEach(moment -> connect(end, moment, Block.NOTHING));
        return end;
    }

    private static List<Integer> boxed(int[] nodes) {
        var list = new ArrayList<Integer>(nodes.length);
        for (var node : nodes) {
            list.add(node);
        }
        return List.copyOf(list);
    }

    private Vertex vertex(Vertex.Kind kind, List<Integer> joins) {
        var vertex = new Vertex(vertices.size(), kind, joins);
        vertices.add(vertex);
        return vertex;
    }

    private void enqueue(Vertex vertex) {
        if (!vertex.queued && !vertex.removed) {
            vertex.queued = true;
            queue.add(vertex);
        }
    }

    /// Adds a block from `tail` to `head`; beside another one there it forks.
    private void connect(Vertex tail, Vertex head, Block block) {
        var there = tail.out.get(head);
        if (there != null) {
            tail.out.put(head, fork(tail, there, block));
        } else {
            tail.out.put(head, block);
            head.in.add(tail);
            // A new neighbour may be what a floating start or a free end was looking for.
            for (var other : head.in) {
                if (other.kind == Vertex.Kind.FLOATING) {
                    enqueue(other);
                }
            }
            for (var other : tail.out.keySet()) {
                if (other.kind == Vertex.Kind.FREE) {
                    enqueue(other);
                }
            }
        }
        enqueue(tail);
        enqueue(head);
    }

    private Block disconnect(Vertex tail, Vertex head) {
        var block = tail.out.remove(head);
        head.in.remove(tail);
        enqueue(tail);
        enqueue(head);
        if (block == null) {
            throw new IllegalStateException("no edge");
        }
        return block;
    }

    private Block fork(Vertex tail, Block one, Block other) {
        var fork = Block.fork(one, other);
        return fork.depth() > MAX_DEPTH ? Chains.of(dag, fork, tail.guarantee(dag)) : fork;
    }

    private void run() {
        for (var vertex = queue.poll(); vertex != null; vertex = queue.poll()) {
            vertex.queued = false;
            if (!vertex.removed) {
                switch (vertex.kind) {
                    case SOURCE, SINK -> {}
                    case NORMAL -> reduce(vertex);
                    case FLOATING -> settleStart(vertex);
                    case FREE -> settleEnd(vertex);
                }
            }
        }
    }

    private void reduce(Vertex vertex) {
        if (vertex.out.isEmpty()) {
            for (var tail : List.copyOf(vertex.in)) {
                var block = disconnect(tail, vertex);
                if (!block.isNothing()) {
                    connect(tail, vertex(Vertex.Kind.FREE, ends(block)), block);
                }
            }
            vertex.removed = true;
        } else if (vertex.in.size() == 1 && vertex.out.size() == 1) {
            var tail = vertex.in.getFirst();
            var head = vertex.out.firstEntry().getKey();
            var block = Block.sequence(disconnect(tail, vertex), disconnect(vertex, head));
            vertex.removed = true;
            connect(tail, head, block);
        } else if (vertex.in.size() == 1 && isDummy(vertex.in.getFirst(), vertex)) {
            // The one before is the same moment.
            var tail = vertex.in.getFirst();
            disconnect(tail, vertex);
            for (var head : List.copyOf(vertex.out.keySet())) {
                connect(tail, head, disconnect(vertex, head));
            }
            vertex.removed = true;
        } else if (vertex.out.size() == 1 && isDummy(vertex, vertex.out.firstEntry().getKey())) {
            // Nobody but the one after looks at this moment.
            var head = vertex.out.firstEntry().getKey();
            disconnect(vertex, head);
            for (var tail : List.copyOf(vertex.in)) {
                connect(tail, head, disconnect(tail, vertex));
            }
            vertex.removed = true;
        }
    }

    private static boolean isDummy(Vertex tail, Vertex head) {
        var block = tail.out.get(head);
        return block != null && block.isNothing();
    }

    /// Puts what starts at a floating vertex beside a block that ends where it ends and starts no later than it may.
    private void settleStart(Vertex vertex) {
        if (vertex.out.size() != 1) {
            return;
        }
        var head = vertex.out.firstEntry().getKey();
        if (head.kind == Vertex.Kind.FREE) {
            var block = disconnect(vertex, head);
            vertex.removed = true;
            head.removed = true;
            beside = Block.fork(beside, Block.sequence(Block.await(vertex.joins), block));
            return;
        }
        Vertex best = null;
        for (var tail : head.in) {
            if (tail != vertex
                    && (tail.kind != Vertex.Kind.FLOATING || tail.out.size() > 1)
                    && (best == null || better(tail, best, head))
                    && tail.allowance(dag).isWithin(vertex.allowance(dag))) {
                best = tail;
            }
        }
        if (best != null) {
            var block = Block.sequence(Block.await(vertex.joins), disconnect(vertex, head));
            vertex.removed = true;
            connect(best, head, block);
            return;
        }
        for (var other : head.in) {
            if (other != vertex && other.kind == Vertex.Kind.FLOATING && other.out.size() == 1) {
                pair(vertex, other, head);
                return;
            }
        }
    }

    /// Where a fork is already, no other one is needed; else the latest start waits least.
    private boolean better(Vertex tail, Vertex than, Vertex head) {
        var forks = isFork(tail, head);
        return forks != isFork(than, head)
                ? forks
                : tail.allowance(dag).size() > than.allowance(dag).size();
    }

    private static boolean isFork(Vertex tail, Vertex head) {
        var block = tail.out.get(head);
        return block != null && block.isFork();
    }

    /// Two floating starts with one end start together, wherever both may.
    private void pair(Vertex one, Vertex other, Vertex head) {
        var allowance = one.allowance(dag).and(other.allowance(dag));
        var first = Block.sequence(Block.await(one.joins), disconnect(one, head));
        var second = Block.sequence(Block.await(other.joins), disconnect(other, head));
        one.removed = true;
        other.removed = true;
        var both = Vertex.floating(vertices.size(), allowance);
        vertices.add(both);
        connect(both, head, fork(both, first, second));
    }

    /// Encloses a block that only awaits look for with one that starts where it starts and ends after it.
    private void settleEnd(Vertex vertex) {
        var tail = vertex.in.getFirst();
        if (tail.kind == Vertex.Kind.FLOATING && tail.out.size() == 1) {
            settleStart(tail);
            return;
        }
        Vertex best = null;
        for (var head : tail.out.keySet()) {
            if (head != vertex
                    && head.kind != Vertex.Kind.FREE
                    && (best == null || (isFork(tail, head) && !isFork(tail, best)))
                    && endsAfter(head, vertex.joins)) {
                best = head;
            }
        }
        if (best == null) {
            if (tail.kind == Vertex.Kind.SOURCE
                    || !tail.out.keySet().stream().allMatch(head -> head.kind == Vertex.Kind.FREE)) {
                return;
            }
            for (var head : tail.out.keySet()) {
                if (head != vertex && head.kind == Vertex.Kind.FREE) {
                    var joins = new ArrayList<>(vertex.joins);
                    joins.addAll(head.joins);
                    var block = fork(tail, disconnect(tail, vertex), disconnect(tail, head));
                    vertex.removed = true;
                    head.removed = true;
                    connect(tail, vertex(Vertex.Kind.FREE, List.copyOf(joins)), block);
                    return;
                }
            }
            return;
        }
        var block = disconnect(tail, vertex);
        vertex.removed = true;
        connect(tail, best, block);
    }

    private boolean endsAfter(Vertex head, List<Integer> nodes) {
        return head.kind == Vertex.Kind.SINK || head.allowance(dag).allowsAll(nodes);
    }

    /// The vertices that are left to choose from; none when the reduction is complete.
    List<Vertex> stuck() {
        vertices.removeIf(vertex -> vertex.removed);
        return vertices.stream().filter(Vertex::isNormal).toList();
    }

    Dag dag() {
        return dag;
    }

    /// Makes an await of a vertex and reduces as far as that goes.
    void detach(Vertex vertex) {
        if (!vertex.isNormal()) {
            return;
        }
        for (var tail : List.copyOf(vertex.in)) {
            var block = disconnect(tail, vertex);
            if (!block.isNothing()) {
                connect(tail, vertex(Vertex.Kind.FREE, ends(block)), block);
            }
        }
        vertex.kind = Vertex.Kind.FLOATING;
        enqueue(vertex);
        run();
    }

    /// The nodes of the block that no other in it follows.
    private List<Integer> ends(Block block) {
        var inside = new BitSet();
        block.forEachLeaf(inside::set);
        var nodes = new ArrayList<Integer>();
        for (var node = inside.nextSetBit(0); node >= 0; node = inside.nextSetBit(node + 1)) {
            if (Arrays.stream(dag.successors(node)).noneMatch(inside::get)) {
                nodes.add(node);
            }
        }
        return List.copyOf(nodes);
    }

    /// The whole graph as a tree, when nothing is stuck.
    Tree tree() {
        var whole = beside;
        for (var block : source.out.values()) {
            whole = Block.fork(whole, block);
        }
        for (var vertex : vertices) {
            if (!vertex.removed && vertex.kind == Vertex.Kind.FLOATING) {
                var all = Block.NOTHING;
                for (var block : vertex.out.values()) {
                    all = Block.fork(all, block);
                }
                whole = Block.fork(whole, Block.sequence(Block.await(vertex.joins), all));
            }
        }
        return (whole.depth() > MAX_DEPTH ? Chains.of(dag, whole, Guarantee.none(dag)) : whole).tree();
    }
}
