package dev.baton.task.parameter;

import dev.baton.task.Printed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An enum: its constants print in lower case with `-` for `_`, or as [Printed] says.
public final class EnumType implements ParameterType {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final Class<?> type;
    private final Map<String, Object> byText = new LinkedHashMap<>();
    private final Map<Object, String> texts = new LinkedHashMap<>();
    private final CharacterSet characters;
    private final Optional<Integer> width;

    /// @throws IllegalArgumentException when two constants print alike or one prints as nothing that a key can hold
    public EnumType(Class<?> type) {
        this.type = type;
        for (var constant : type.getEnumConstants()) {
            var text = text((Enum<?>) constant);
            if (!NAME.matcher(text).matches()) {
                throw new IllegalArgumentException(type.getSimpleName() + "." + constant + " prints as \"" + text
                        + "\", which is not of [A-Za-z0-9._-]");
            }
            if (byText.put(text, constant) != null) {
                throw new IllegalArgumentException("two constants of " + type.getSimpleName() + " print as " + text);
            }
            texts.put(constant, text);
        }
        characters = CharacterSet.of(String.join("", texts.values()));
        var widths = texts.values().stream().map(String::length).collect(Collectors.toSet());
        width = widths.size() == 1 ? Optional.of(widths.iterator().next()) : Optional.empty();
    }

    private static String text(Enum<?> constant) {
        try {
            var printed = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Printed.class);
            return printed != null
                    ? printed.value()
                    : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(constant + " is a field of its enum", e);
        }
    }

    @Override
    public Class<?> javaType() {
        return type;
    }

    @Override
    public Optional<Object> read(String text) {
        return Optional.ofNullable(byText.get(text));
    }

    @Override
    public Optional<String> printed(Object value) {
        return Optional.ofNullable(texts.get(value));
    }

    @Override
    public String expected() {
        return type.getSimpleName() + ", one of " + String.join(", ", byText.keySet());
    }

    @Override
    public CharacterSet characters() {
        return characters;
    }

    @Override
    public Optional<Integer> width() {
        return width;
    }

    @Override
    public Optional<List<String>> alternatives() {
        return Optional.of(List.copyOf(byText.keySet()));
    }

    @Override
    public List<Object> samples() {
        return List.copyOf(byText.values());
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
