package dev.baton.task.parameter;

import java.util.List;
import java.util.Optional;

/// The type of a parameter: what values a component of a task's record may have, how they print and how a text is read
/// back.
///
/// Printing is canonical: a text is only read if it is what its value prints. So a key and a parameter have one
/// form.
public sealed interface ParameterType
        permits ParameterType.Whole, ParameterType.Truth, CalendarType, TextType, EnumType, ParameterType.Refused {

    /// The value of a text.
    ///
    /// @throws IllegalArgumentException `expected …, but was "…"`
    default Object parse(String text) {
        return read(text)
                .filter(value -> printed(value).filter(text::equals).isPresent())
                .orElseThrow(
                        () -> new IllegalArgumentException("expected " + expected() + ", but was " + quoted(text)));
    }

    /// A text as a message shows it: not too much of it, and with what would not show, or would make the rest show
    /// otherwise, as `\u202e`.
    static String quoted(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints().limit(text.length() <= 80 ? 80 : 77).forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.UNASSIGNED,
                        Character.PRIVATE_USE ->
                    shown.append(String.format(character < 0x10000 ? "\\u%04x" : "\\u{%x}", character));
                default -> shown.appendCodePoint(character);
            }
        });
        return shown.append(text.length() <= 80 ? "\"" : "...\"").toString();
    }

    /// The canonical text of a value.
    ///
    /// @throws IllegalArgumentException when the type has no text for the value, such as the year 12012
    default String print(Object value) {
        return printed(value)
                .orElseThrow(
                        () -> new IllegalArgumentException("expected " + expected() + ", but was \"" + value + "\""));
    }

    /// The value of a text, whether or not the text is canonical.
    Optional<Object> read(String text);

    /// The text of a value, if the type has one for it.
    Optional<String> printed(Object value);

    /// The component's type in Java.
    Class<?> javaType();

    /// What a text has to be, for messages: `a year of four digits such as 2012`.
    String expected();

    /// The characters that a printed value may hold.
    CharacterSet characters();

    /// How long every printed value is, or nothing where that differs.
    Optional<Integer> width();

    /// All printed values where they are few and known: those of enums.
    default Optional<List<String>> alternatives() {
        return Optional.empty();
    }

    /// Whether values of both may follow from each other by a constant shift: equal types, two calendar types, two
    /// whole numbers.
    default boolean isRelatedTo(ParameterType other) {
        return javaType() == other.javaType()
                || (this instanceof CalendarType && other instanceof CalendarType)
                || (this instanceof Whole && other instanceof Whole);
    }

    /// Values to try a graph with, the most ordinary first.
    List<Object> samples();

    /// Whole numbers: `int` and `long`.
    ///
    /// @param wide whether it is `long`
    record Whole(boolean wide) implements ParameterType {
        private static final CharacterSet CHARACTERS = CharacterSet.DIGITS.or(CharacterSet.of("-"));

        @Override
        public Class<?> javaType() {
            return wide ? long.class : int.class;
        }

        @Override
        public Optional<Object> read(String text) {
            try {
                return Optional.of(value(Long.parseLong(text)));
            } catch (NumberFormatException | ArithmeticException e) {
                return Optional.empty();
            }
        }

        @Override
        public Optional<String> printed(Object value) {
            return Optional.of(value.toString());
        }

        @Override
        public String expected() {
            return wide ? "a whole number" : "a whole number of 32 bits";
        }

        @Override
        public CharacterSet characters() {
            return CHARACTERS;
        }

        @Override
        public Optional<Integer> width() {
            return Optional.empty();
        }

        @Override
        public List<Object> samples() {
            return List.of(value(7), value(1), value(25), value(100), value(62_321), value(-3));
        }

        /// The number in the component's own Java type.
        ///
        /// @throws ArithmeticException when it is too large
        public Object value(long number) {
            return wide ? (Object) number : (Object) Math.toIntExact(number);
        }
    }

    /// `boolean`.
    record Truth() implements ParameterType {
        @Override
        public Class<?> javaType() {
            return boolean.class;
        }

        @Override
        public Optional<Object> read(String text) {
            return switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<String> printed(Object value) {
            return Optional.of(value.toString());
        }

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public CharacterSet characters() {
            return CharacterSet.of("truefalse");
        }

        @Override
        public Optional<Integer> width() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> alternatives() {
            return Optional.of(List.of("true", "false"));
        }

        @Override
        public List<Object> samples() {
            return List.of(true, false);
        }
    }

    /// A Java type that no parameter may have.
    ///
    /// @param javaType the Java type
    record Refused(Class<?> javaType) implements ParameterType {
        @Override
        public Optional<Object> read(String text) {
            return Optional.empty();
        }

        @Override
        public Optional<String> printed(Object value) {
            return Optional.of(String.valueOf(value));
        }

        @Override
        public String expected() {
            return "nothing, because " + javaType.getSimpleName() + " is not a type of a parameter";
        }

        @Override
        public CharacterSet characters() {
            return CharacterSet.ANY;
        }

        @Override
        public Optional<Integer> width() {
            return Optional.empty();
        }

        @Override
        public List<Object> samples() {
            return List.of();
        }
    }
}
