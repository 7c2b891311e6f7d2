package dev.baton.compiler.order;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the states of one graph name nodes: by id, or inside a Map by a place in the iteration's own list.
///
/// @param places of the nodes, by id
/// @param item the ids that the iteration was given; empty outside of Maps
record Vocabulary(Map<String, Integer> places, List<String> item) {
    /// What no node has for its place.
    static final int NONE = -1;

    private static final String BEFORE = "{% $states.input.nodes[";
    private static final String AFTER = "] %}";

    Vocabulary in(List<String> iteration) {
        return new Vocabulary(places, iteration);
    }

    /// The node that is named, or [#NONE].
    int node(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return NONE;
        }
        if (text.startsWith(BEFORE) && text.endsWith(AFTER)) {
            var digits = text.substring(BEFORE.length(), text.length() - AFTER.length());
            return digits.matches("[0-9]{1,6}") && Integer.parseInt(digits) < item.size()
                    ? places.getOrDefault(item.get(Integer.parseInt(digits)), NONE)
                    : NONE;
        }
        return places.getOrDefault(text, NONE);
    }
}
