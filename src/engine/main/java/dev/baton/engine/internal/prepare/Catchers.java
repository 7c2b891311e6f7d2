package dev.baton.engine.internal.prepare;

import dev.baton.asl.Catcher;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.Assignment;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.ResultPlace;
import dev.baton.engine.internal.query.StateDataFlow.Exit;
import dev.baton.engine.internal.query.TemplateCompiler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The catchers of a state.
public final class Catchers {
    private final List<Entry> entries;

    public Catchers(QueryLanguage language, List<Catcher> catchers) {
        this.entries = IntStream.range(0, catchers.size())
                .mapToObj(i -> Entry.of(language, catchers.get(i), "Catch[" + i + "]"))
                .toList();
    }

    /// The first catcher that names the failure, or null.
    @Nullable
    public Entry find(StateFailure failure) {
        for (var entry : entries) {
            if (ErrorMatch.names(entry.errorEquals, failure)) {
                return entry;
            }
        }
        return null;
    }

    /// A catcher, ready to handle an error.
    ///
    /// @param output JSONata: the output, or null for the error output
    /// @param place JSONPath: where in the input the error output goes
    public record Entry(
            List<String> errorEquals,
            String next,
            QueryLanguage language,
            ResultPlace place,
            @Nullable Evaluable output,
            @Nullable Assignment assign) {

        static Entry of(QueryLanguage language, Catcher catcher, String field) {
            return switch (catcher) {
                case Catcher(
                        var errorEquals,
                        var next,
                        var resultPath,
                        var output,
                        var assign,
                        var comment,
                        var unknown) ->
                    new Entry(
                            errorEquals,
                            next,
                            language,
                            ResultPlace.of(resultPath),
                            TemplateCompiler.compileIf(language, output, field + "/Output"),
                            Assignment.of(language, assign, field + "/Assign"));
            };
        }

        public Exit exit(
                FieldScope.Surroundings here, @Nullable Object raw, @Nullable String error, @Nullable String cause) {
            var errorOutput = errorOutput(error, cause);
            return switch (language) {
                case JSONPATH -> {
                    var at = new FieldScope(here, errorOutput);
                    yield new Exit(place.put(raw, errorOutput), assign == null ? null : assign.evaluate(at));
                }
                case JSONATA -> {
                    var at = new FieldScope(here, raw).withError(errorOutput);
                    yield new Exit(
                            output == null ? errorOutput : output.evaluate(at),
                            assign == null ? null : assign.evaluate(at));
                }
            };
        }

        private static Map<String, @Nullable Object> errorOutput(@Nullable String error, @Nullable String cause) {
            var errorOutput = new LinkedHashMap<String, @Nullable Object>();
            errorOutput.put("Error", error);
            // A timeout has an empty cause; who reports a failure without one has none.
            errorOutput.put("Cause", cause == null && ErrorNames.TIMEOUT.equals(error) ? "" : cause);
            return errorOutput;
        }
    }
}
