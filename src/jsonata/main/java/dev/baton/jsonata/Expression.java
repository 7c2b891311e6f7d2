package dev.baton.jsonata;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSONata expression as Step Functions has it: without `{%` and `%}`, immutable, for any number of threads.
public final class Expression {
    private final String text;

    private Expression(String text) {
        this.text = text;
    }

    /// The expression that a text stands for.
    ///
    /// @throws JsonataException with a code `S…` when the text is no JSONata
    public static Expression compile(String text) {
        return new Expression(text);
    }

    public String text() {
        return text;
    }

    /// What the expression refers to.
    public Analysis analysis() {
        throw new UnsupportedOperationException("under construction");
    }

    /// The value of the expression: a JSON value (numbers that are integral as [Long], others as [Double]), or
    /// [Undefined#UNDEFINED]. Parts of the bindings may be parts of the result; nothing is changed.
    ///
    /// @param bindings JSON values by variable name without `$`, as `states`
    /// @throws JsonataException when the evaluation fails or exceeds a limit, and for nothing else
    public @Nullable Object evaluate(Map<String, ? extends @Nullable Object> bindings, EvaluationContext context) {
        throw new UnsupportedOperationException("under construction");
    }
}
