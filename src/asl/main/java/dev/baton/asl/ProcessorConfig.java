package dev.baton.asl;

import java.util.Collections;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The configuration of an item processor: how a Map state processes its items.
///
/// @param mode null when absent, which means inline
/// @param executionType of the child executions of a distributed Map; null when absent
public record ProcessorConfig(
        @Nullable Mode mode, @Nullable StateMachineType executionType, SequencedMap<String, @Nullable Object> unknown) {

    public static final ProcessorConfig INLINE =
            new ProcessorConfig(Mode.INLINE, null, Collections.emptyNavigableMap());

    /// The two ways to run iterations: as part of the execution, or as executions of their own.
    public enum Mode {
        INLINE,
        DISTRIBUTED
    }

    public ProcessorConfig {
        unknown = ImmutableCopies.of(unknown);
    }

    public static ProcessorConfig distributed(StateMachineType executionType) {
        return new ProcessorConfig(Mode.DISTRIBUTED, executionType, Collections.emptyNavigableMap());
    }
}
