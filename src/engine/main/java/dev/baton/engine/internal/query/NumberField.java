package dev.baton.engine.internal.query;

import dev.baton.asl.Operand;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.json.Json;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A field that holds a number: written, by a path, or by an expression.
public final class NumberField {
    private static final Pattern WRITTEN = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

    private final Operand<Number> operand;
    private final @Nullable PathSource path;
    private final @Nullable JsonataValue expression;
    private final String field;
    private final String location;

    private NumberField(Operand<Number> operand, String field, String location) {
        this.operand = operand;
        this.field = field;
        this.location = location;
        this.path = operand instanceof Operand.AtPath<Number> at ? PathSource.parse(at.path()) : null;
        this.expression = operand instanceof Operand.Expression<Number> computed
                ? JsonataValue.of(computed.expression(), location)
                : null;
    }

    /// @param field the field's name without `Path`
    public static @Nullable NumberField of(@Nullable Operand<Number> operand, String field) {
        return of(operand, field, field);
    }

    /// @param location where the field stands, for messages about expressions
    public static @Nullable NumberField of(@Nullable Operand<Number> operand, String field, String location) {
        return operand == null ? null : new NumberField(operand, field, location);
    }

    /// The number.
    ///
    /// @throws StateFailure when the path leads nowhere or to no number, or the expression gives none
    public Number evaluate(FieldScope at) {
        return switch (operand) {
            case Operand.Given<Number> given -> given.value();
            case Operand.AtPath<Number> atPath -> atPath(at, Objects.requireNonNull(path));
            case Operand.Expression<Number> computed -> computed(at, Objects.requireNonNull(expression));
        };
    }

    /// A whole number.
    public long integer(FieldScope at) {
        var number = evaluate(at);
        if (number instanceof Double real && real != Math.rint(real)) {
            throw path == null
                    ? StateFailure.evaluation(field, "The " + field + " field is not a valid integer: " + number)
                    : notValid(number, path, "integer");
        }
        return number.longValue();
    }

    /// The failure of a number that the field does not take.
    ///
    /// See the developer guide, *Handling expression errors*, *Value out of range*.
    public StateFailure outOfRange(String detail) {
        return expression == null ? StateFailure.runtime(detail) : StateFailure.evaluation(location, detail);
    }

    private Number atPath(FieldScope at, PathSource source) {
        var value = source.find(at);
        if (value == MissingValue.MISSING) {
            throw StateFailure.runtime("Invalid path '" + source.text() + "' : " + source.whyMissing(at));
        }
        if (value instanceof Number number) {
            return number;
        }
        // The service reads numbers out of strings here.
        if (value instanceof String text && WRITTEN.matcher(text).matches()) {
            return number(text);
        }
        throw notValid(value, source, field.endsWith("Percentage") ? "number" : "integer");
    }

    private static Number number(String text) {
        var written = Double.valueOf(text);
        return written == Math.rint(written) ? (Number) written.longValue() : written;
    }

    private StateFailure notValid(@Nullable Object value, PathSource source, String type) {
        var shown = value instanceof String text ? text : Json.print(value);
        return StateFailure.runtime("The " + field + "Path field refers to value \"" + shown
                + "\" which is not a valid " + type + ": " + source.text());
    }

    private Number computed(FieldScope at, JsonataValue source) {
        if (source.evaluate(at) instanceof Number number) {
            return number;
        }
        throw source.unexpected("number", source.evaluate(at));
    }
}
