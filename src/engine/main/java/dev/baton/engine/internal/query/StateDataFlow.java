package dev.baton.engine.internal.query;

import dev.baton.asl.DataFlow;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.query.FieldScope.Surroundings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way of a state's data, ready to run: from its input to what it works on, and from its result to its output and
/// the variables that it assigns.
public sealed interface StateDataFlow permits JsonPathFlow, JsonataFlow {

    static StateDataFlow of(QueryLanguage language, DataFlow data) {
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
                switch (language) {
                    case JSONPATH ->
                        new JsonPathFlow(inputPath, parameters, resultSelector, resultPath, outputPath, assign);
                    case JSONATA -> new JsonataFlow(arguments, output, assign);
                };
        };
    }

    QueryLanguage language();

    /// The value that the state's fields call its input: after `InputPath`, where the language has one.
    @Nullable
    Object effectiveInput(Surroundings here, @Nullable Object raw);

    /// The value that the state works on: `Parameters` or `Arguments`, else its effective input.
    @Nullable
    Object arguments(Surroundings here, @Nullable Object effective);

    /// The exit of a state that had a result.
    Exit exit(Surroundings here, @Nullable Object raw, @Nullable Object result);

    /// The exit of a state that has none, such as Wait.
    Exit pass(Surroundings here, @Nullable Object raw, @Nullable Object effective);

    /// Output and assigned variables of a state.
    ///
    /// @param assigned null where nothing is assigned
    record Exit(@Nullable Object output, @Nullable Map<String, @Nullable Object> assigned) {}
}
