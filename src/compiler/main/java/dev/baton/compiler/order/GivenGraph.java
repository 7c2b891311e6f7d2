package dev.baton.compiler.order;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The graph as it was given, before anything was made of it: redundant edges too.
///
/// @param ids of the nodes, as the definitions name them; each once
/// @param requires by node: what must have ended when it starts, as places in `ids`
public record GivenGraph(List<String> ids, List<int[]> requires) {
    public GivenGraph {
        ids = List.copyOf(ids);
        requires = List.copyOf(requires);
        if (ids.size() != requires.size()) {
            throw new IllegalArgumentException(ids.size() + " ids and requirements of " + requires.size());
        }
    }

    int size() {
        return ids.size();
    }

    Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (var node = 0; node < ids.size(); node++) {
            places.put(ids.get(node), node);
        }
        return places;
    }
}
