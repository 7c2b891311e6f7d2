package dev.baton.lambda.generated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A task as plain data: its class and the values of its components.
///
/// @param values in the order of the components
public record PlainTask(TaskSpec spec, List<Object> values) {
    private static final Map<String, String[]> PIECES = new ConcurrentHashMap<>();

    public PlainTask {
        values = List.copyOf(values);
    }

    /// The logical URI of its output.
    public String uri() {
        var uri = new StringBuilder();
        var pieces = PIECES.computeIfAbsent(spec.template(), template -> template.split("[{}]"));
        for (var i = 0; i < pieces.length; i++) {
            // Every second one stands in braces.
            uri.append(i % 2 == 0 ? pieces[i] : piece(pieces[i]));
        }
        return uri.toString();
    }

    private String piece(String piece) {
        var colon = piece.indexOf(':');
        if (colon < 0) {
            return Kind.print(value(piece));
        }
        var value = value(piece.substring(0, colon));
        return switch (piece.substring(colon + 1)) {
            case "yyyy" -> Kind.print(value).substring(0, 4);
            case "MM" -> Kind.print(value).substring(5, 7);
            default -> Kind.print(value).substring(8, 10);
        };
    }

    private Object value(String name) {
        for (var i = 0; i < values.size(); i++) {
            if (spec.components().get(i).name().equals(name)) {
                return values.get(i);
            }
        }
        throw new IllegalStateException(spec.name() + " has no component " + name);
    }

    /// Its parameters as an execution's input and a completion record give them.
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (var i = 0; i < values.size(); i++) {
            parameters.put(spec.components().get(i).name(), Kind.print(values.get(i)));
        }
        return parameters;
    }

    @Override
    public String toString() {
        return spec.name() + values;
    }
}
