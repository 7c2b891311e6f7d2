package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;

/// A check of one value: what has to hold of a value; what does not is reported.
@FunctionalInterface
interface ValueCheck {
    void check(CheckContext visit, Node node, DefinitionPlace place);

    /// Nothing has to hold.
    static ValueCheck any() {
        return (visit, node, place) -> {};
    }
}
