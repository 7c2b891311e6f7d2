package dev.baton.engine.internal.map;

import dev.baton.engine.ExecutionType;
import dev.baton.engine.PreparedMachine;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.FieldScope;
import org.jspecify.annotations.Nullable;

/// What a Map state says about its Map Runs.
///
/// @param name the state's name
/// @param label names the Map Runs; null: a random name for each
/// @param machine what the children execute
/// @param type of the children
/// @param batching null where each item is a child of its own
/// @param writing null where the outputs are the state's result as they are
public record MapRunPlan(
        String name,
        @Nullable String label,
        PreparedMachine machine,
        ExecutionType type,
        Selector selector,
        @Nullable PreparedItemBatcher batching,
        @Nullable PreparedResultWriter writing) {

    /// What an item becomes for a child.
    public interface Selector {
        @Nullable
        Object select(FieldScope at, ContextObject context, @Nullable Object item);
    }
}
