package dev.baton.asl.internal;

import dev.baton.json.Node;

/// What has to hold of a value; what does not is reported.
@FunctionalInterface
interface Check {
    void check(Visit visit, Node node, Place place);

    /// Nothing has to hold.
    static Check any() {
        return (visit, node, place) -> {};
    }
}
