package dev.baton.engine.internal.query;

import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.json.Json;
import dev.baton.jsonata.Expression;
import dev.baton.jsonata.evaluation.Analysis;
import dev.baton.jsonata.evaluation.JsonataException;
import dev.baton.jsonata.evaluation.UndefinedValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSONata expression in a field. Only the variables that it refers to are bound, and a mere path such as
/// `$states.input.a.b` is walked without the evaluator.
public final class JsonataValue implements Evaluable {
    private final Expression expression;
    private final String field;
    private final List<String> variables;
    private final StatesUse use;
    private final @Nullable PlainPath plain;

    private JsonataValue(Expression expression, String field) {
        this.expression = expression;
        this.field = field;
        var analysis = expression.analysis();
        this.variables = analysis.variables().stream()
                .filter(name -> !name.equals("states"))
                .toList();
        this.use = StatesUse.of(analysis.references());
        this.plain = PlainPath.of(expression.text());
    }

    public static boolean isExpression(String text) {
        return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4;
    }

    /// @param text with its `{%` and `%}`
    /// @param field where it stands, such as `Output/result`
    public static JsonataValue of(String text, String field) {
        return new JsonataValue(
                Expression.compile(text.substring(2, text.length() - 2).strip()), field);
    }

    @Override
    public @Nullable Object evaluate(FieldScope at) {
        if (plain != null) {
            var value = plain.find(at);
            if (value != MissingValue.MISSING) {
                return value;
            }
        }
        Object value;
        try {
            value = expression.evaluate(bindings(at), at.jsonata());
        } catch (JsonataException e) {
            throw failure(
                    switch (e.code()) {
                        case JsonataException.UNSUPPORTED_RESULT -> "returned an unsupported result type.";
                        case JsonataException.LIMIT -> "threw an error during evaluation: " + e.message();
                        case JsonataException.INTERNAL -> "threw an internal error during evaluation. " + e.message();
                        default -> "threw an error during evaluation. " + e.code() + ": " + e.message();
                    });
        }
        if (value == UndefinedValue.UNDEFINED) {
            throw failure("returned nothing (undefined).");
        }
        at.gave(Math.min(size(value), PayloadLimit.BYTES));
        return value;
    }

    /// More than what this field needs to hold it is not a payload, whatever else is in it.
    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> array -> array.size();
            case Map<?, ?> object -> object.size();
            case null, default -> 1;
        };
    }

    /// The failure of an expression whose value has another type than its field needs.
    public StateFailure unexpected(String expected, @Nullable Object value) {
        return failure("returned an unexpected result type. Expected '" + expected + "', but was '"
                + Json.typeName(value) + "' for value: " + Json.print(value));
    }

    private StateFailure failure(String what) {
        return StateFailure.evaluation(
                field,
                "The JSONata expression '" + expression.text() + "' specified for the field '" + field + "' " + what);
    }

    private Map<String, @Nullable Object> bindings(FieldScope at) {
        var bindings = new HashMap<String, @Nullable Object>();
        if (use.any()) {
            bindings.put("states", states(at));
        }
        for (var name : variables) {
            var value = at.surroundings().variables().get(name);
            if (value != MissingValue.MISSING) {
                bindings.put(name, value);
            }
        }
        return bindings;
    }

    private Map<String, @Nullable Object> states(FieldScope at) {
        var states = new HashMap<String, @Nullable Object>();
        states.put("input", at.input());
        if (use.context()) {
            states.put("context", at.surroundings().context().value());
        }
        if (at.result() != MissingValue.MISSING) {
            states.put("result", at.result());
        }
        if (at.error() != MissingValue.MISSING) {
            states.put("errorOutput", at.error());
        }
        return states;
    }

    /// The parts of `$states` that an expression needs.
    private record StatesUse(boolean any, boolean context) {
        static StatesUse of(List<Analysis.Reference> references) {
            var states = references.stream()
                    .filter(reference -> reference.name().equals("states"))
                    .toList();
            var context = states.stream()
                    .anyMatch(reference -> reference.path().isEmpty()
                            || reference.path().getFirst().equals("context"));
            return new StatesUse(!states.isEmpty(), context);
        }
    }
}
