package dev.baton.asl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The part that the builders of all states share: comment, query language, input and output processing.
///
/// @param <B> the builder itself
public abstract sealed class StateBuilder<B extends StateBuilder<B>>
        permits FlowBuilder, ChoiceState.Builder, SucceedState.Builder, FailState.Builder {
    @Nullable
    String comment;

    @Nullable
    QueryLanguage queryLanguage;

    private @Nullable PathField inputPath;
    private @Nullable PayloadTemplate parameters;
    private @Nullable PayloadTemplate arguments;
    private @Nullable PayloadTemplate resultSelector;
    private @Nullable PathField resultPath;
    private @Nullable PathField outputPath;
    private @Nullable PayloadTemplate output;
    private @Nullable PayloadTemplate assign;

    final SequencedMap<String, @Nullable Object> unknown = new LinkedHashMap<>();

    StateBuilder() {}

    abstract B self();

    final DataFlow data() {
        return new DataFlow(inputPath, parameters, arguments, resultSelector, resultPath, outputPath, output, assign);
    }

    public B data(DataFlow data) {
        return switch (data) {
            case DataFlow(
                    var inputPath,
                    var parameters,
                    var arguments,
                    var resultSelector,
                    var resultPath,
                    var outputPath,
                    var output,
                    var assign) ->
                self().inputPath(inputPath)
                        .parameters(parameters)
                        .arguments(arguments)
                        .resultSelector(resultSelector)
                        .resultPath(resultPath)
                        .outputPath(outputPath)
                        .output(output)
                        .assign(assign);
        };
    }

    public B comment(@Nullable String comment) {
        this.comment = comment;
        return self();
    }

    public B queryLanguage(@Nullable QueryLanguage queryLanguage) {
        this.queryLanguage = queryLanguage;
        return self();
    }

    public B inputPath(@Nullable PathField inputPath) {
        this.inputPath = inputPath;
        return self();
    }

    public B parameters(@Nullable PayloadTemplate parameters) {
        this.parameters = parameters;
        return self();
    }

    public B arguments(@Nullable PayloadTemplate arguments) {
        this.arguments = arguments;
        return self();
    }

    public B resultSelector(@Nullable PayloadTemplate resultSelector) {
        this.resultSelector = resultSelector;
        return self();
    }

    public B resultPath(@Nullable PathField resultPath) {
        this.resultPath = resultPath;
        return self();
    }

    public B outputPath(@Nullable PathField outputPath) {
        this.outputPath = outputPath;
        return self();
    }

    public B output(@Nullable PayloadTemplate output) {
        this.output = output;
        return self();
    }

    public B assign(@Nullable PayloadTemplate assign) {
        this.assign = assign;
        return self();
    }

    /// Fields that the language does not know.
    public B unknown(Map<String, @Nullable Object> fields) {
        unknown.putAll(fields);
        return self();
    }
}
