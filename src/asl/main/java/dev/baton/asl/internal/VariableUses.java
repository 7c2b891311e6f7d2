package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The variables that one state reads and assigns, each with the place of its first mention.
final class VariableUses {
    private final SequencedMap<String, DefinitionPlace> read = new LinkedHashMap<>();
    private final SequencedMap<String, DefinitionPlace> assigned = new LinkedHashMap<>();

    void reads(String variable, DefinitionPlace place) {
        read.putIfAbsent(variable, place);
    }

    void assigns(String variable, DefinitionPlace place) {
        assigned.putIfAbsent(variable, place);
    }

    SequencedMap<String, DefinitionPlace> read() {
        return read;
    }

    SequencedMap<String, DefinitionPlace> assigned() {
        return assigned;
    }
}
