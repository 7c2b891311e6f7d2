package dev.baton.compiler.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states of each node: which states run each node, and whether that makes once.
final class NodeStates {
    private final List<@Nullable Object> begun = new ArrayList<>();
    private final List<@Nullable Object> ended = new ArrayList<>();
    /// What is wrong, by node.
    private final Map<Integer, String> wrong = new HashMap<>();

    NodeStates(int nodes) {
        for (var node = 0; node < nodes; node++) {
            begun.add(null);
            ended.add(null);
        }
    }

    /// @param once whether every way to the end of the state's graph passes it, once
    /// @param where the state, told by its text
    void begin(int node, boolean once, Object where) {
        note(begun, node, once, where);
    }

    void end(int node, boolean once, Object where) {
        note(ended, node, once, where);
    }

    private void note(List<@Nullable Object> states, int node, boolean once, Object where) {
        var there = states.get(node);
        if (there != null) {
            wrong.putIfAbsent(node, "is run by " + there + " and by " + where);
        } else if (!once) {
            wrong.putIfAbsent(node, "is left out, or done again, on some way past " + where);
        }
        states.set(node, where);
    }

    /// The fault in how often a node is run, or null where it is run once.
    @Nullable
    String wrong(int node) {
        if (begun.get(node) == null) {
            return "is run by no state";
        }
        if (ended.get(node) == null) {
            return "is begun by " + begun.get(node) + " and ended by no state";
        }
        return wrong.get(node);
    }
}
