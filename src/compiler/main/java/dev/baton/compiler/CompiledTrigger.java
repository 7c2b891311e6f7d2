package dev.baton.compiler;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule of EventBridge's default bus to be created.
///
/// @param name such as `baton-weather-lake`
/// @param pattern the event pattern, a JSON object with `${…}`
/// @param function the name of the function that gets the events
public record CompiledTrigger(String name, Map<String, @Nullable Object> pattern, String function) {}
