package dev.baton.asl;

import java.util.Collections;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One of the graphs that a Parallel state runs.
public record Branch(
        String startAt,
        SequencedMap<String, State> states,
        @Nullable String comment,
        SequencedMap<String, @Nullable Object> unknown)
        implements StateGraph {

    public Branch {
        states = ImmutableCopies.of(states);
        unknown = ImmutableCopies.of(unknown);
    }

    public static Branch of(String startAt, SequencedMap<String, State> states) {
        return new Branch(startAt, states, null, Collections.emptyNavigableMap());
    }
}
