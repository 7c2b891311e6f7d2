package dev.baton.compiler.order;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The vocabulary of nodes, how the states of one graph name nodes: by id, or inside a Map by a place in the
/// iteration's own list.
///
/// @param places of the nodes, by id
/// @param item the ids that the iteration was given; empty outside of Maps
record NodeVocabulary(Map<String, Integer> places, List<String> item) {
    /// What no node has for its place.
    static final int NONE = -1;

    private static final String BEFORE = "{% $states.input.nodes[";
    private static final String AFTER = "] %}";
    private static final int MOST_NODES = 1_000_000;

    NodeVocabulary in(List<String> iteration) {
        return new NodeVocabulary(places, iteration);
    }

    /// The number between [#BEFORE] and [#AFTER], or one that no list has.
    private static int place(String text) {
        var end = text.length() - AFTER.length();
        var place = 0;
        for (var at = BEFORE.length(); at < end; at++) {
            var digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9 || place > MOST_NODES) {
                return Integer.MAX_VALUE;
            }
            place = 10 * place + digit;
        }
        return end > BEFORE.length() ? place : Integer.MAX_VALUE;
    }

    /// The node that is named, or [#NONE].
    int node(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return NONE;
        }
        if (text.startsWith(BEFORE) && text.endsWith(AFTER)) {
            var place = place(text);
            return place < item.size() ? places.getOrDefault(item.get(place), NONE) : NONE;
        }
        return places.getOrDefault(text, NONE);
    }
}
