package dev.baton.engine.internal.path;

import dev.baton.asl.path.JsonPath.Segment;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes parts of paths as the service's messages have them.
final class PathText {
    private PathText() {}

    static String of(Segment segment) {
        return switch (segment) {
            case Segment.Field field -> "['" + field.name() + "']";
            case Segment.Fields fields ->
                fields.names().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "[", "]"));
            case Segment.Index index -> "[" + index.index() + "]";
            case Segment.FromEnd end -> "[@.length-" + end.places() + "]";
            case Segment.Indexes indexes ->
                indexes.indexes().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
            case Segment.Slice slice -> "[" + end(slice.from()) + ":" + end(slice.to()) + "]";
            case Segment.Wildcard wildcard -> "[*]";
            case Segment.Descendants descendants -> ".." + of(descendants.next());
            case Segment.Filtered filtered -> "[?]";
        };
    }

    private static String end(int bound) {
        return bound == Segment.Slice.OPEN ? "" : Integer.toString(bound);
    }

    /// The class that holds such a value in the service, which its messages show.
    static String javaType(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "com.fasterxml.jackson.databind.node.TextNode";
            case Boolean bool -> "com.fasterxml.jackson.databind.node.BooleanNode";
            case List<?> array -> "com.fasterxml.jackson.databind.node.ArrayNode";
            case Map<?, ?> object -> "com.fasterxml.jackson.databind.node.ObjectNode";
            case Double number -> "com.fasterxml.jackson.databind.node.DoubleNode";
            case Long number ->
                number.intValue() == number
                        ? "com.fasterxml.jackson.databind.node.IntNode"
                        : "com.fasterxml.jackson.databind.node.LongNode";
            default -> "com.fasterxml.jackson.databind.node.BigIntegerNode";
        };
    }
}
