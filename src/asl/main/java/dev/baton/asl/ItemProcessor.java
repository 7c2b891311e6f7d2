package dev.baton.asl;

import java.util.Collections;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The graph that a Map state runs for each item: `ItemProcessor`, or `Iterator` of old.
///
/// @param processorConfig null when absent
public record ItemProcessor(
        @Nullable ProcessorConfig processorConfig,
        String startAt,
        SequencedMap<String, State> states,
        @Nullable String comment,
        SequencedMap<String, @Nullable Object> unknown)
        implements StateGraph {

    public ItemProcessor {
        states = ImmutableCopies.of(states);
        unknown = ImmutableCopies.of(unknown);
    }

    public static ItemProcessor of(ProcessorConfig config, String startAt, SequencedMap<String, State> states) {
        return new ItemProcessor(config, startAt, states, null, Collections.emptyNavigableMap());
    }

    public boolean isDistributed() {
        return processorConfig != null && processorConfig.mode() == ProcessorConfig.Mode.DISTRIBUTED;
    }
}
