package dev.baton.asl.internal;

import dev.baton.asl.Literal;
import dev.baton.asl.Operand;
import dev.baton.asl.PathField;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object as a reader takes them one by one; what it never takes is unknown.
final class JsonFields {
    private final SequencedMap<String, @Nullable Object> left;
    private final QueryLanguage language;

    JsonFields(@Nullable Object json, QueryLanguage language) {
        this.left = new LinkedHashMap<>(object(json));
        this.language = language;
    }

    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            var object = (Map<String, @Nullable Object>) map;
            return object;
        }
        throw new UnreadableException("expected an object, but was " + Json.typeName(json));
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    @Nullable
    Object take(String name) {
        return left.remove(name);
    }

    /// What was not taken.
    SequencedMap<String, @Nullable Object> unknown() {
        return left;
    }

    String required(String name) {
        var text = text(name);
        if (text == null) {
            throw new UnreadableException("expected a field " + name);
        }
        return text;
    }

    @Nullable
    String text(String name) {
        return typed(name, String.class);
    }

    @Nullable
    Number number(String name) {
        return typed(name, Number.class);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(typed(name, Boolean.class));
    }

    private <T> @Nullable T typed(String name, Class<T> type) {
        if (!left.containsKey(name)) {
            return null;
        }
        var value = left.remove(name);
        if (!type.isInstance(value)) {
            throw new UnreadableException(name + " must not be " + Json.typeName(value));
        }
        return type.cast(value);
    }

    @Nullable
    PayloadTemplate template(String name) {
        return left.containsKey(name) ? new PayloadTemplate(left.remove(name)) : null;
    }

    @Nullable
    Literal literal(String name) {
        return left.containsKey(name) ? new Literal(left.remove(name)) : null;
    }

    @Nullable
    PathField path(String name) {
        if (left.containsKey(name) && left.get(name) == null) {
            left.remove(name);
            return PathField.NULL;
        }
        var text = text(name);
        return text == null ? null : new PathField(text);
    }

    /// A number from `name`, or a path from `namePath`.
    @Nullable
    Operand<Number> numeric(String name) {
        if (left.get(name) instanceof String expression && isExpression(expression)) {
            left.remove(name);
            return Operand.expression(expression);
        }
        var number = number(name);
        return number != null ? Operand.of(number) : atPath(name + "Path");
    }

    /// A string from `name`, or a path from `namePath`.
    @Nullable
    Operand<String> string(String name) {
        return string(name, name + "Path");
    }

    /// A string from `name`, or a path from `pathName`.
    @Nullable
    Operand<String> string(String name, String pathName) {
        var text = text(name);
        if (text == null) {
            return atPath(pathName);
        }
        return isExpression(text) ? Operand.expression(text) : Operand.of(text);
    }

    private <T> @Nullable Operand<T> atPath(String name) {
        var path = text(name);
        return path == null ? null : Operand.atPath(path);
    }

    private boolean isExpression(String text) {
        return language == QueryLanguage.JSONATA && JsonataText.isExpression(text);
    }

    <T> @Nullable T nested(String name, Function<@Nullable Object, T> read) {
        return left.containsKey(name) ? read.apply(left.remove(name)) : null;
    }

    /// An array, or nothing where the field is absent.
    <T> List<T> list(String name, Function<@Nullable Object, T> read) {
        if (!left.containsKey(name)) {
            return List.of();
        }
        if (!(left.remove(name) instanceof List<?> array)) {
            throw new UnreadableException(name + " must be an array");
        }
        var list = new ArrayList<T>(array.size());
        for (var element : array) {
            list.add(read.apply(element));
        }
        return list;
    }

    static String string(@Nullable Object json) {
        if (json instanceof String string) {
            return string;
        }
        throw new UnreadableException("expected a string, but was " + Json.typeName(json));
    }
}
