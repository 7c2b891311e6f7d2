package dev.baton.jsonata;

import dev.baton.jsonata.evaluation.Analysis;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.internal.Program;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSONata expression as Step Functions has it: without `{%` and `%}`, immutable, for any number of threads.
public final class Expression {
    private final String text;
    private final Program program;

    private Expression(String text) {
        this.text = text;
        this.program = Program.compile(text);
    }

    /// The expression that a text stands for.
    ///
    /// @throws JsonataException with a code `S…` when the text is not JSONata
    public static Expression compile(String text) {
        return new Expression(text);
    }

    public String text() {
        return text;
    }

    /// The variables and functions that the expression refers to.
    public Analysis analysis() {
        return program.analysis();
    }

    /// The value of the expression: a JSON value (numbers that are integral as [Long], others as [Double]), or
    /// [UndefinedValue#UNDEFINED]. Parts of the bindings may be parts of the result; nothing is changed.
    ///
    /// @param bindings JSON values by variable name without `$`, as `states`
    /// @throws JsonataException when the evaluation fails or exceeds a limit, and for nothing else; with the code
    ///     [JsonataException#UNSUPPORTED_RESULT] when the value is a function
    /// @throws EvaluationStoppedException when the context says that it is stopped
    public @Nullable Object evaluate(Map<String, ? extends @Nullable Object> bindings, EvaluationContext context) {
        return program.run(bindings, context);
    }

    /// The value of the expression on a document, as JSONata is used outside Step Functions: names at its top level are
    /// the document's.
    ///
    /// @throws JsonataException as [#evaluate]
    public @Nullable Object evaluateOn(
            @Nullable Object document, Map<String, ? extends @Nullable Object> bindings, EvaluationContext context) {
        return program.runOn(document, bindings, context);
    }
}
