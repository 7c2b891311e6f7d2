package dev.baton.compiler.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The graph as it was given, before anything was made of it: redundant edges too.
///
/// @param ids of the nodes, as the definitions name them; each once
/// @param requires by node: what must have ended when it starts, as places in `ids`
/// @param approvals by node that has to be approved: how many seconds are waited for that
public record GivenGraph(List<String> ids, List<int[]> requires, Map<Integer, Long> approvals) {
    public GivenGraph {
        ids = List.copyOf(ids);
        requires = List.copyOf(requires);
        approvals = Map.copyOf(approvals);
        if (ids.size() != requires.size()) {
            throw new IllegalArgumentException(ids.size() + " ids and requirements of " + requires.size());
        }
    }

    /// A graph in which nothing has to be approved.
    public GivenGraph(List<String> ids, List<int[]> requires) {
        this(ids, requires, Map.of());
    }

    /// The same with a node for each approval: it requires what its node requires, and the node requires it. So what is
    /// proven of every edge and every node is proven of approvals too.
    GivenGraph withApprovals() {
        if (approvals.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(ids);
        var edges = new ArrayList<>(requires);
        for (var node : new TreeSet<>(approvals.keySet())) {
            var own = edges.get(node);
            var before = Arrays.copyOf(own, own.length + 1);
            before[own.length] = all.size();
            edges.set(node, before);
            all.add("approval of " + ids.get(node));
            edges.add(own);
        }
        return new GivenGraph(all, edges, approvals);
    }

    int size() {
        return ids.size();
    }

    /// The node for the approval of another one, after [#withApprovals]; -1 where none is demanded.
    int approval(int node) {
        var rank = List.copyOf(new TreeSet<>(approvals.keySet())).indexOf(node);
        return rank < 0 ? -1 : ids.size() - approvals.size() + rank;
    }

    /// The places of what states may name, after [#withApprovals]: an approval is no node that a state could run.
    Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (var node = 0; node < ids.size() - approvals.size(); node++) {
            places.put(ids.get(node), node);
        }
        return places;
    }
}
