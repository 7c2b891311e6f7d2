package dev.baton.engine.internal.prepare;

import dev.baton.asl.StateMachineType;
import dev.baton.engine.internal.map.PreparedItemBatcher;
import dev.baton.engine.internal.map.PreparedResultWriter;
import org.jspecify.annotations.Nullable;

/// The words of a Map state about its Map Runs.
///
/// @param name the state's name
/// @param label names the Map Runs; null: a random name for each
/// @param processor what the children execute
/// @param type of the children
/// @param selection what an item becomes for a child
/// @param batching null where each item is a child of its own
/// @param writing null where the outputs are the state's result as they are
public record MapRunPlan(
        String name,
        @Nullable String label,
        PreparedGraph processor,
        StateMachineType type,
        ItemSource selection,
        @Nullable PreparedItemBatcher batching,
        @Nullable PreparedResultWriter writing) {}
