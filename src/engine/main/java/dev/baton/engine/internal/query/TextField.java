package dev.baton.engine.internal.query;

import dev.baton.asl.Operand;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.json.Json;
import org.jspecify.annotations.Nullable;

/// A field that holds a string: written, by a path or an intrinsic function, or by an expression.
public final class TextField {
    private final Evaluable source;
    private final String field;

    private TextField(Operand<String> operand, String field) {
        this.field = field;
        this.source = switch (operand) {
            case Operand.Given<String> given -> new ConstantValue(given.value());
            case Operand.AtPath<String> at -> TemplateCompiler.path(at.path(), field + "Path");
            case Operand.Expression<String> computed -> JsonataValue.of(computed.expression(), field);
        };
    }

    /// @param field the field's name without `Path`
    public static @Nullable TextField of(@Nullable Operand<String> operand, String field) {
        return operand == null ? null : new TextField(operand, field);
    }

    /// The value of a word of the language here: itself, or the value of the expression that stands in its place.
    ///
    /// @param field where it stands, for messages
    public static @Nullable String word(@Nullable String written, String field, FieldScope at) {
        return written == null || !JsonataValue.isExpression(written)
                ? written
                : new TextField(new Operand.Expression<>(written), field).evaluate(at);
    }

    /// The string.
    ///
    /// @throws StateFailure when there is no string
    public String evaluate(FieldScope at) {
        var value = source.evaluate(at);
        if (value instanceof String text) {
            return text;
        }
        throw source instanceof JsonataValue expression
                ? expression.unexpected("string", value)
                : StateFailure.runtime(
                        "The " + field + "Path field refers to value " + Json.print(value) + " which is not a string");
    }
}
