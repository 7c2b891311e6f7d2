package dev.baton.compiler.order;

import dev.baton.asl.StateMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/// The proof that in every execution of some machines that succeeds each node of a graph runs once, and starts when all
/// have ended that it requires.
///
/// The machines are read as moments and what comes after what, and nothing is in there that not every execution keeps.
/// So where a way leads from the end of `u` to the start of `v`, `v` does not start before `u` has ended, however long
/// anything takes. Where none leads, durations exist for which it does: all that `u`'s end is not before may take no
/// time, and `u` for ever. Hence the proof accepts no edge that is broken, and refuses none that is kept.
///
/// It is found for [#WIDTH] ends at once, whose sets are passed along all moments: memory stays small, and the time is
/// that of the relations by the nodes, divided by the bits of a word.
public final class OrderProof {
    private static final int WIDTH = 1024;
    private static final int WORDS = WIDTH / Long.SIZE;

    private final GivenGraph given;
    private final NodeStates whereabouts;
    private final MomentOrder moments;

    private OrderProof(GivenGraph given, NodeStates whereabouts, MomentOrder moments) {
        this.given = given;
        this.whereabouts = whereabouts;
        this.moments = moments;
    }

    /// The breaches of a graph's order by machines; none if all is proven.
    ///
    /// @param machines by name: the graph's own first, then those that it starts
    public static List<OrderBreach> breaches(GivenGraph graph, SequencedMap<String, StateMachine> machines) {
        var given = graph.withApprovals();
        var reader = new MachineReader(given, machines);
        try {
            reader.read();
        } catch (IllegalArgumentException e) {
            return List.of(new OrderBreach.Unclear(machines.firstEntry().getKey(), "", String.valueOf(e.getMessage())));
        }
        var breaches = new ArrayList<>(reader.unclear());
        new OrderProof(given, reader.whereabouts(), reader.moments()).judge(breaches);
        return breaches;
    }

    private void judge(List<OrderBreach> breaches) {
        for (var node = 0; node < given.size(); node++) {
            var wrong = whereabouts.wrong(node);
            if (wrong != null) {
                breaches.add(new OrderBreach.NotOnce(given.ids().get(node), wrong));
            }
        }
        var order = moments.order();
        if (order.length < moments.size()) {
            var ids = moments.circle(order).stream()
                    .filter(moment -> moment < 2 * given.size())
                    .map(moment -> given.ids().get(moment / 2))
                    .distinct()
                    .toList();
            breaches.add(new OrderBreach.Circle(ids));
            return;
        }
        edges(order, breaches);
    }

    private void edges(int[] order, List<OrderBreach> breaches) {
        var position = new int[order.length];
        for (var i = 0; i < order.length; i++) {
            position[order[i]] = i;
        }
        var before = new int[order.length][];
        var groups = moments.before();
        for (var i = 0; i < order.length; i++) {
            before[i] = groups[order[i]];
            for (var k = 0; k < before[i].length; k++) {
                before[i][k] = position[before[i][k]];
            }
        }
        // Nodes in the order of their ends: what comes before the first end of a slice knows nothing of it.
        var ends = new int[order.length];
        Arrays.fill(ends, -1);
        var count = 0;
        var ranks = new int[given.size()];
        var first = new ArrayList<Integer>();
        for (var i = 0; i < order.length; i++) {
            if (order[i] < 2 * given.size() && order[i] % 2 == 1) {
                if (count % WIDTH == 0) {
                    first.add(i);
                }
                ranks[order[i] / 2] = count;
                ends[i] = count++;
            }
        }
        var edges = edges(ranks, first.size());
        var known = new long[order.length * WORDS];
        for (var slice = 0; slice < first.size(); slice++) {
            var from = first.get(slice);
            for (var i = from; i < order.length; i++) {
                var at = i * WORDS;
                Arrays.fill(known, at, at + WORDS, 0);
                for (var b : before[i]) {
                    if (b >= from) {
                        var other = b * WORDS;
                        for (var word = 0; word < WORDS; word++) {
                            known[at + word] |= known[other + word];
                        }
                    }
                }
                if (ends[i] >= 0 && ends[i] / WIDTH == slice) {
                    known[at + ends[i] % WIDTH / Long.SIZE] |= 1L << ends[i];
                }
            }
            for (var edge : edges.get(slice)) {
                var start = position[MachineReader.start(edge.node())];
                var rank = ranks[edge.required()];
                if (start < from || (known[start * WORDS + rank % WIDTH / Long.SIZE] & 1L << rank) == 0) {
                    breaches.add(new OrderBreach.Early(
                            given.ids().get(edge.node()), given.ids().get(edge.required())));
                }
            }
        }
    }

    private record Edge(int node, int required) {}

    /// Those between nodes that run once, by the slice in which the end is that is required.
    private List<List<Edge>> edges(int[] ranks, int slices) {
        var edges = new ArrayList<List<Edge>>();
        for (var slice = 0; slice < slices; slice++) {
            edges.add(new ArrayList<>());
        }
        for (var node = 0; node < given.size(); node++) {
            if (whereabouts.wrong(node) == null) {
                for (var required : given.requires().get(node)) {
                    if (whereabouts.wrong(required) == null) {
                        edges.get(ranks[required] / WIDTH).add(new Edge(node, required));
                    }
                }
            }
        }
        return edges;
    }
}
