package dev.baton.asl;

import org.jspecify.annotations.Nullable;

/// A payload template: a JSON value in which `…$` fields (JSONPath) or `{% … %}` strings (JSONata) are evaluated.
///
/// @param value a value as [dev.baton.json.Json] has it; `null` is JSON's null, an absent template a null reference
public record PayloadTemplate(@Nullable Object value) {}
