package dev.baton.lambda.generated;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A task as plain data: its class and the values of its components.
///
/// @param values in the order of the components
public record PlainTask(TaskSpec spec, List<Object> values) {
    private static final Pattern PIECE = Pattern.compile("\\{([a-z0-9]+)(?::([a-zA-Z]+))?\\}");

    public PlainTask {
        values = List.copyOf(values);
    }

    /// The logical URI of its output.
    public String uri() {
        return PIECE.matcher(spec.template()).replaceAll(piece -> {
            var value = value(piece.group(1));
            return piece.group(2) == null
                    ? Kind.print(value)
                    : switch (piece.group(2)) {
                        case "yyyy" -> Kind.print(value).substring(0, 4);
                        case "MM" -> Kind.print(value).substring(5, 7);
                        default -> String.format("%02d", ((LocalDate) value).getDayOfMonth());
                    };
        });
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
