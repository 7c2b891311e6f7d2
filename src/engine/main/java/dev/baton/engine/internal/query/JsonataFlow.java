package dev.baton.engine.internal.query;

import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.FieldScope.Surroundings;
import org.jspecify.annotations.Nullable;

/// The data flow of a JSONata state: Arguments, Output, Assign.
public final class JsonataFlow implements StateDataFlow {
    private final @Nullable Evaluable arguments;
    private final @Nullable Evaluable output;
    private final @Nullable Assignment assign;

    JsonataFlow(
            @Nullable PayloadTemplate arguments, @Nullable PayloadTemplate output, @Nullable PayloadTemplate assign) {
        this.arguments = TemplateCompiler.compileIf(QueryLanguage.JSONATA, arguments, "Arguments");
        this.output = TemplateCompiler.compileIf(QueryLanguage.JSONATA, output, "Output");
        this.assign = Assignment.of(QueryLanguage.JSONATA, assign, "Assign");
    }

    @Override
    public QueryLanguage language() {
        return QueryLanguage.JSONATA;
    }

    @Override
    public @Nullable Object effectiveInput(Surroundings here, @Nullable Object raw) {
        return raw;
    }

    @Override
    public @Nullable Object arguments(Surroundings here, @Nullable Object effective) {
        var made = arguments == null ? effective : arguments.evaluate(new FieldScope(here, effective));
        here.made("afterArguments", made);
        return made;
    }

    @Override
    public Exit exit(Surroundings here, @Nullable Object raw, @Nullable Object result) {
        if (output == null && assign == null) {
            return new Exit(result, null);
        }
        return exit(new FieldScope(here, raw).withResult(result), result);
    }

    @Override
    public Exit pass(Surroundings here, @Nullable Object raw, @Nullable Object effective) {
        if (output == null && assign == null) {
            return new Exit(raw, null);
        }
        return exit(new FieldScope(here, raw), raw);
    }

    private Exit exit(FieldScope at, @Nullable Object otherwise) {
        var value = output == null ? otherwise : output.evaluate(at);
        return new Exit(value, assign == null ? null : assign.evaluate(at));
    }
}
