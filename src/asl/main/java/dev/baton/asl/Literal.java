package dev.baton.asl;

import org.jspecify.annotations.Nullable;

/// A JSON value that stands for itself: nothing in it is evaluated.
///
/// @param value a value as [dev.baton.json.Json] has it; `null` is JSON's null, an absent literal is a null reference
public record Literal(@Nullable Object value) {}
