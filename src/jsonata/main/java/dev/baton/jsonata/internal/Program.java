package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import dev.baton.jsonata.evaluation.Analysis;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.JsonataException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An expression ready to run: by our own short way where it is as simple as most are, else by the library.
public final class Program {
    private final Analysis analysis;
    private final @Nullable QuickNode quick;
    private final int quickDepth;
    private final String text;
    private volatile @Nullable Jsonata library;

    private Program(String text, ExpressionNode tree) {
        this.text = text;
        analysis = Analyzer.analyze(tree);
        var compiler = new QuickCompiler();
        quick = compiler.compile(tree);
        quickDepth = compiler.depth();
    }

    /// @throws JsonataException when the text is not JSONata
    public static Program compile(String text) {
        try {
            return new Program(text, ExpressionNode.parse(text));
        } catch (RuntimeException | StackOverflowError e) {
            throw Failures.ofParser(e, text);
        }
    }

    public Analysis analysis() {
        return analysis;
    }

    /// @throws JsonataException when the evaluation fails
    public @Nullable Object run(Map<String, ? extends @Nullable Object> bindings, EvaluationContext context) {
        var evaluation = new Evaluation(bindings, context);
        try {
            return quick != null && quickDepth <= context.limits().depth() && !overrides(bindings)
                    ? ValueConversion.quickly(quick.evaluate(evaluation))
                    : ValueConversion.outward(evaluate(null, evaluation));
        } catch (JsonataException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw Failures.of(e, evaluation);
        }
    }

    boolean isQuick() {
        return quick != null;
    }

    @Nullable
    Object runByLibrary(Map<String, ? extends @Nullable Object> bindings, EvaluationContext context) {
        var evaluation = new Evaluation(bindings, context);
        try {
            return ValueConversion.outward(evaluate(null, evaluation));
        } catch (JsonataException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw Failures.of(e, evaluation);
        }
    }

    /// @param input the context that the expression has at its top level
    /// @throws JsonataException when the evaluation fails
    public @Nullable Object runOn(
            @Nullable Object input, Map<String, ? extends @Nullable Object> bindings, EvaluationContext context) {
        var evaluation = new Evaluation(bindings, context);
        try {
            return ValueConversion.outward(evaluate(ValueConversion.inward(input), evaluation));
        } catch (JsonataException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw Failures.of(e, evaluation);
        }
    }

    /// Whether a variable hides a function that the short way would call.
    private boolean overrides(Map<String, ?> bindings) {
        for (var function : analysis.functions()) {
            if (bindings.containsKey(function)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object evaluate(@Nullable Object input, Evaluation evaluation) {
        var expression = library();
        var outer = evaluation.enter();
        try {
            var frame = new Frame(null);
            evaluation.bindings().forEach((name, value) -> frame.bind(name, ValueConversion.inward(value)));
            evaluation.watch(frame);
            return expression.evaluate(input, frame);
        } finally {
            Evaluation.leave(outer);
        }
    }

    private Jsonata library() {
        var ready = library;
        if (ready == null) {
            ready = Jsonata.jsonata(text);
            ready.setValidateInput(false);
            ready.setOutputConvertNulls(false);
            Library.registerWith(ready);
            library = ready;
        }
        return ready;
    }
}
