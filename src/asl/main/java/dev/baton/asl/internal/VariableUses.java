package dev.baton.asl.internal;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The variables that one state reads and assigns, each with the place of its first mention.
final class VariableUses {
    private final SequencedMap<String, Place> read = new LinkedHashMap<>();
    private final SequencedMap<String, Place> assigned = new LinkedHashMap<>();

    void reads(String variable, Place place) {
        read.putIfAbsent(variable, place);
    }

    void assigns(String variable, Place place) {
        assigned.putIfAbsent(variable, place);
    }

    SequencedMap<String, Place> read() {
        return read;
    }

    SequencedMap<String, Place> assigned() {
        return assigned;
    }
}
