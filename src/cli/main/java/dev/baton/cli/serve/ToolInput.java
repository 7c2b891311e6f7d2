package dev.baton.cli.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An input of a tool: its name, what it is, and what its values look like. None of them may look like an option of the
/// command or like the name of a file with words for it.
///
/// @param name as callers give it
/// @param kind what its values are
/// @param required whether a call without it is refused
/// @param description for callers
record ToolInput(String name, Kind kind, boolean required, String description) {
    /// What the values of an input are.
    enum Kind {
        /// A name, an ARN, a URI or the like: begins with a letter, a digit or `/`.
        WORD,
        /// A positive number of at most three digits.
        COUNT,
        /// One of two words.
        DIRECTION,
        /// The parameters of a run: names and their values, all text.
        PARAMETERS,
        /// Texts by the path of the file that they would be.
        FILES
    }

    static final int LONGEST = 2_048;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}/][^\\p{Cntrl}]*");
    private static final Pattern PARAMETER = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");
    private static final int MOST = 999;

    static ToolInput word(String name, String description) {
        return new ToolInput(name, Kind.WORD, true, description);
    }

    static ToolInput optional(String name, Kind kind, String description) {
        return new ToolInput(name, kind, false, description);
    }

    /// The JSON Schema of its values.
    Map<String, Object> schema() {
        var schema = new LinkedHashMap<String, Object>();
        switch (kind) {
            case WORD -> {
                schema.put("type", "string");
                schema.put("maxLength", LONGEST);
            }
            case COUNT -> {
                schema.put("type", "integer");
                schema.put("minimum", 1);
                schema.put("maximum", MOST);
            }
            case DIRECTION -> {
                schema.put("type", "string");
                schema.put("enum", java.util.List.of("up", "down"));
            }
            case PARAMETERS, FILES -> {
                schema.put("type", "object");
                schema.put("additionalProperties", Map.of("type", "string"));
            }
        }
        schema.put("description", description);
        return schema;
    }

    /// What is wrong with a value, as the end of a sentence that begins with the name; null where nothing is.
    @Nullable
    String problem(Object value) {
        return switch (kind) {
            case WORD ->
                value instanceof String text
                                && text.length() <= LONGEST
                                && WORD.matcher(text).matches()
                        ? null
                        : "is a text that begins with a letter or a digit, of at most " + LONGEST + " characters";
            case COUNT ->
                value instanceof Integer number && number >= 1 && number <= MOST
                        ? null
                        : "is a whole number from 1 to " + MOST;
            case DIRECTION -> value.equals("up") || value.equals("down") ? null : "is up or down";
            case PARAMETERS ->
                value instanceof Map<?, ?> map
                                && map.keySet().stream()
                                        .allMatch(key -> PARAMETER
                                                .matcher(String.valueOf(key))
                                                .matches())
                                && map.values().stream().allMatch(ToolInput::isValue)
                        ? null
                        : "is an object of names and texts";
            case FILES ->
                value instanceof Map<?, ?> map && map.values().stream().allMatch(String.class::isInstance)
                        ? null
                        : "is an object of paths and texts";
        };
    }

    private static boolean isValue(@Nullable Object value) {
        return value instanceof String text
                && text.length() <= LONGEST
                && text.chars().noneMatch(Character::isISOControl);
    }
}
