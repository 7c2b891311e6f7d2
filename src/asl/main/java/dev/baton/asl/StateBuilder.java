package dev.baton.asl;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the builders of all states share: comment, query language, input and output processing.
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

    final void start(State state) {
        comment = state.comment();
        queryLanguage = state.queryLanguage();
        data(state.data());
        unknown.putAll(state.unknown());
    }

    public B data(DataFlow data) {
        inputPath = data.inputPath();
        parameters = data.parameters();
        arguments = data.arguments();
        resultSelector = data.resultSelector();
        resultPath = data.resultPath();
        outputPath = data.outputPath();
        output = data.output();
        assign = data.assign();
        return self();
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

    /// A field that the language does not know.
    public B unknown(String field, @Nullable Object value) {
        unknown.put(field, value);
        return self();
    }
}
