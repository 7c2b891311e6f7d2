package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of the library as expressions call it: its arguments checked by our [Signature], its body ours or the
/// library's.
final class LibraryFunction extends JFunction {
    private final String name;
    private final Signature signature;
    private final Body body;

    /// The body of a function, for arguments that fit its signature.
    @FunctionalInterface
    interface Body {
        @Nullable
        Object apply(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable;
    }

    LibraryFunction(String name, String signature, Body body) {
        // The base class wants a Java method for a name; ours is never called through it.
        super(name, signature.replaceAll("<[a-z]>", ""), Functions.class, null, "type");
        this.name = name;
        this.signature = new Signature(signature);
        this.body = body;
    }

    /// A function of the library's as it is, behind our signature.
    static LibraryFunction of(String name, String signature, String method) {
        return new LibraryFunction(name, signature, theirs(method));
    }

    /// The library's own body.
    static Body theirs(String method) {
        var java = Functions.getFunction(Functions.class, method);
        return (arguments, evaluation) -> Functions.call(null, java, arguments);
    }

    @Override
    public @Nullable Object call(@Nullable Object context, @SuppressWarnings("rawtypes") List arguments) {
        return call(context, arguments, Evaluation.current());
    }

    @Nullable
    Object call(@Nullable Object context, List<?> arguments, Evaluation evaluation) {
        // Higher-order functions that are given one of the library's come by nowhere else.
        evaluation.tick();
        try {
            return body.apply(signature.validate(arguments, context, name), evaluation);
        } catch (JException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /// Left to [#call], which also higher-order functions go through.
    @Override
    public Object validate(Object arguments, @Nullable Object context) {
        return arguments;
    }

    /// Asked for by partial application only.
    @Override
    public int getNumberOfArgs() {
        return Math.min(signature.size(), Evaluation.current().partialArguments());
    }

    String name() {
        return name;
    }
}
