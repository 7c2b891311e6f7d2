package dev.baton.engine.internal.query;

import dev.baton.engine.internal.path.MissingValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSONata expression that is nothing but a variable and names, such as `$states.input.city` or `$total`.
///
/// It is walked here only through objects, where JSONata has no rule of its own; where an array comes in between, or
/// nothing is found, the evaluator decides.
final class PlainPath {
    private static final Pattern FORM = Pattern.compile("\\$[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    /// Words that are operators in JSONata where a name could stand too.
    private static final List<String> OPERATORS = List.of("and", "or", "in");

    private final String variable;
    private final String[] names;

    private PlainPath(String variable, String[] names) {
        this.variable = variable;
        this.names = names;
    }

    static @Nullable PlainPath of(String expression) {
        if (!FORM.matcher(expression).matches()) {
            return null;
        }
        var parts = expression.substring(1).split("\\.");
        if (Arrays.stream(parts).anyMatch(OPERATORS::contains)) {
            return null;
        }
        if (!parts[0].equals("states")) {
            return new PlainPath(parts[0], Arrays.copyOfRange(parts, 1, parts.length));
        }
        return parts.length == 1
                ? null
                : new PlainPath("states." + parts[1], Arrays.copyOfRange(parts, 2, parts.length));
    }

    @Nullable
    Object find(FieldScope at) {
        var value = start(at);
        for (var name : names) {
            if (!(value instanceof Map<?, ?> object)) {
                return MissingValue.MISSING;
            }
            var member = object.get(name);
            if (member == null && !object.containsKey(name)) {
                return MissingValue.MISSING;
            }
            value = member;
        }
        return value;
    }

    private @Nullable Object start(FieldScope at) {
        return switch (variable) {
            case "states.input" -> at.input();
            case "states.context" -> at.surroundings().context().value();
            case "states.result" -> at.result();
            case "states.errorOutput" -> at.error();
            default -> at.surroundings().variables().get(variable);
        };
    }
}
