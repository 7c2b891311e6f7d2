package dev.baton.engine.internal.query;

import dev.baton.asl.PathField;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.FieldScope.Surroundings;
import org.jspecify.annotations.Nullable;

/// The data flow of a JSONPath state: InputPath, Parameters, ResultSelector, Assign, ResultPath, OutputPath.
public final class JsonPathFlow implements StateDataFlow {
    private final @Nullable WholePath inputPath;
    private final @Nullable Evaluable parameters;
    private final @Nullable Evaluable resultSelector;
    private final ResultPlace resultPlace;
    private final @Nullable WholePath outputPath;
    private final @Nullable Assignment assign;

    JsonPathFlow(
            @Nullable PathField inputPath,
            @Nullable PayloadTemplate parameters,
            @Nullable PayloadTemplate resultSelector,
            @Nullable PathField resultPath,
            @Nullable PathField outputPath,
            @Nullable PayloadTemplate assign) {
        this.inputPath = WholePath.of(inputPath);
        this.parameters = TemplateCompiler.compileIf(QueryLanguage.JSONPATH, parameters, "Parameters");
        this.resultSelector = TemplateCompiler.compileIf(QueryLanguage.JSONPATH, resultSelector, "ResultSelector");
        this.resultPlace = ResultPlace.of(resultPath);
        this.outputPath = WholePath.of(outputPath);
        this.assign = Assignment.of(QueryLanguage.JSONPATH, assign, "Assign");
    }

    @Override
    public QueryLanguage language() {
        return QueryLanguage.JSONPATH;
    }

    @Override
    public @Nullable Object effectiveInput(Surroundings here, @Nullable Object raw) {
        return made(here, "afterInputPath", inputPath == null ? raw : inputPath.read(new FieldScope(here, raw)));
    }

    @Override
    public @Nullable Object arguments(Surroundings here, @Nullable Object effective) {
        return made(
                here,
                "afterParameters",
                parameters == null ? effective : parameters.evaluate(new FieldScope(here, effective)));
    }

    private static @Nullable Object made(Surroundings here, String step, @Nullable Object value) {
        here.made(step, value);
        return value;
    }

    @Override
    public Exit exit(Surroundings here, @Nullable Object raw, @Nullable Object result) {
        var selected = resultSelector == null ? result : resultSelector.evaluate(new FieldScope(here, result));
        made(here, "afterResultSelector", selected);
        var assigned = assign == null ? null : assign.evaluate(new FieldScope(here, selected));
        return new Exit(outputPath(here, made(here, "afterResultPath", resultPlace.put(raw, selected))), assigned);
    }

    @Override
    public Exit pass(Surroundings here, @Nullable Object raw, @Nullable Object effective) {
        var assigned = assign == null ? null : assign.evaluate(new FieldScope(here, effective));
        return new Exit(outputPath(here, effective), assigned);
    }

    private @Nullable Object outputPath(Surroundings here, @Nullable Object output) {
        return outputPath == null ? output : outputPath.read(new FieldScope(here, output));
    }

    /// `OutputPath` alone, which rules of a Choice state share.
    public @Nullable Object output(Surroundings here, @Nullable Object effective) {
        return outputPath(here, effective);
    }
}
