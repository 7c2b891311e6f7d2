package dev.baton.task.parameter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `String`, of a pattern.
///
/// Whatever the pattern says, a value is 1 to 256 characters, holds no `/`, no control, format or unpaired
/// surrogate character, and is neither `.` nor `..`.
///
/// @param pattern that the whole value matches
/// @param given values to try a graph with
public record TextType(Pattern pattern, List<String> given) implements ParameterType {
    public static final int LONGEST = 256;

    public TextType {
        given = List.copyOf(given);
    }

    @Override
    public Class<?> javaType() {
        return String.class;
    }

    @Override
    public Object parse(String text) {
        if (pattern.matcher(text).matches() && !standsInKey(text)) {
            throw new IllegalArgumentException("expected 1 to " + LONGEST + " characters, no /, none that controls or"
                    + " formats, and neither . nor .., but was " + ParameterType.quoted(text));
        }
        return ParameterType.super.parse(text);
    }

    @Override
    public Optional<Object> read(String text) {
        return printed(text).map(value -> value);
    }

    @Override
    public Optional<String> printed(Object value) {
        var text = (String) value;
        return standsInKey(text) && pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static boolean standsInKey(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && !text.equals(".")
                && !text.equals("..")
                && text.codePoints().allMatch(TextType::standsInKey);
    }

    private static boolean standsInKey(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> character != '/';
        };
    }

    @Override
    public String expected() {
        return "text that matches " + pattern;
    }

    @Override
    public CharacterSet characters() {
        return TextShape.of(pattern).characters();
    }

    @Override
    public Optional<Integer> width() {
        var shape = TextShape.of(pattern);
        return shape.fixed() ? Optional.of(shape.longest()) : Optional.empty();
    }

    @Override
    public List<Object> samples() {
        return List.copyOf(given);
    }
}
