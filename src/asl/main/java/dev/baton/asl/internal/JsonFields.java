package dev.baton.asl.internal;

import dev.baton.asl.Literal;
import dev.baton.asl.Operand;
import dev.baton.asl.PathField;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object as a reader takes them one by one; what it never takes is unknown.
final class JsonFields {
    private final SequencedMap<String, Node> left = new LinkedHashMap<>();
    private final QueryLanguage language;

    JsonFields(Node node, QueryLanguage language) {
        if (!(node instanceof ObjectNode object)) {
            throw new UnreadableException("expected an object, but was " + node.typeName());
        }
        object.members().forEach(member -> left.put(member.name(), member.node()));
        this.language = language;
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    Node take(String name) {
        var node = left.remove(name);
        if (node == null) {
            throw new UnreadableException("expected a field " + name);
        }
        return node;
    }

    /// The names of what was not taken.
    SequencedSet<String> names() {
        return left.sequencedKeySet();
    }

    /// The fields that were not taken.
    SequencedMap<String, @Nullable Object> unknown() {
        var unknown = new LinkedHashMap<String, @Nullable Object>();
        left.forEach((name, node) -> unknown.put(name, node.value()));
        return unknown;
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
        var node = left.remove(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar) || !type.isInstance(scalar.value())) {
            throw new UnreadableException(name + " must not be " + node.typeName());
        }
        return type.cast(scalar.value());
    }

    @Nullable
    PayloadTemplate template(String name) {
        return nested(name, node -> new PayloadTemplate(node.value()));
    }

    @Nullable
    Literal literal(String name) {
        return nested(name, node -> new Literal(node.value()));
    }

    @Nullable
    PathField path(String name) {
        if (left.get(name) instanceof ScalarNode scalar && scalar.value() == null) {
            left.remove(name);
            return PathField.NULL;
        }
        var text = text(name);
        return text == null ? null : new PathField(text);
    }

    /// A number from `name`, or a path from `namePath`.
    @Nullable
    Operand<Number> numeric(String name) {
        var node = left.get(name);
        var expression = node == null ? null : node.text();
        if (expression != null && isExpression(expression)) {
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

    <T> @Nullable T nested(String name, Function<Node, T> read) {
        var node = left.remove(name);
        return node == null ? null : read.apply(node);
    }

    /// An array, or nothing where the field is absent.
    <T> List<T> list(String name, Function<Node, T> read) {
        var node = left.remove(name);
        return switch (node) {
            case null -> List.of();
            case ArrayNode array -> array.elements().stream().map(read).toList();
            default -> throw new UnreadableException(name + " must be an array");
        };
    }

    static String string(Node node) {
        var text = node.text();
        if (text == null) {
            throw new UnreadableException("expected a string, but was " + node.typeName());
        }
        return text;
    }
}
