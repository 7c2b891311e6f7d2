package dev.baton.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an execution is started with, by the start function or by a person in the console. It holds nothing that
/// differs between two deliveries of one event.
///
/// @param pipeline the pipeline's name; a person may leave it out
/// @param parameters of the root task, as printed text, by component
/// @param inputs the version of each external object that is pinned beforehand, by logical URI
/// @param continues the name of the execution of older code that failed, and that this one is in the place of
/// @param force which tasks run also where they are fresh
public record ExecutionInput(
        Optional<String> pipeline,
        Map<String, String> parameters,
        Map<String, String> inputs,
        Optional<String> continues,
        Optional<Force> force) {
    private static final String[] FIELDS = {"pipeline", "parameters", "inputs", "continues", "force"};

    public ExecutionInput {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    }

    /// The input of an execution that continues none, and in which what is fresh is skipped.
    public ExecutionInput(Optional<String> pipeline, Map<String, String> parameters, Map<String, String> inputs) {
        this(pipeline, parameters, inputs, Optional.empty(), Optional.empty());
    }

    /// The same, in the place of an execution.
    public ExecutionInput continuing(Optional<String> execution) {
        return new ExecutionInput(pipeline, parameters, inputs, execution, force);
    }

    /// The same, in which tasks are forced.
    public ExecutionInput forcing(Optional<Force> wish) {
        return new ExecutionInput(pipeline, parameters, inputs, continues, wish);
    }

    /// What the start function sends: the same for the same start, byte by byte.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        pipeline.ifPresent(name -> json.put("pipeline", name));
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters));
        if (!inputs.isEmpty()) {
            json.put("inputs", new LinkedHashMap<String, @Nullable Object>(inputs));
        }
        continues.ifPresent(name -> json.put("continues", name));
        force.ifPresent(wish -> json.put("force", wish.toJson()));
        return json;
    }

    /// Reads what somebody typed: numbers and booleans stand for their text, fields that nobody reads are refused. The
    /// parameters alone will do: `{"year": 2012}` is `{"parameters": {"year": 2012}}`.
    ///
    /// @throws InvalidInput with a sentence that says what was expected
    public static ExecutionInput of(@Nullable Object json) {
        var given = StrictFields.of("the execution's input", json);
        if (isParametersAlone(given.values())) {
            var parameters = new TreeMap<String, String>();
            given.values().keySet().forEach(name -> parameters.put(name, text(given, name)));
            return new ExecutionInput(Optional.empty(), parameters, Map.of());
        }
        var fields = given.only(FIELDS);
        var parameters = fields.maybeObject("parameters")
                .map(object -> object.map(ExecutionInput::text))
                .orElse(Map.of());
        return new ExecutionInput(
                fields.maybeString("pipeline"),
                parameters,
                fields.strings("inputs"),
                fields.maybeString("continues"),
                fields.has("force") ? Optional.of(Force.of(fields, "force")) : Optional.empty());
    }

    private static boolean isParametersAlone(Map<String, @Nullable Object> values) {
        return !values.isEmpty()
                && Collections.disjoint(values.keySet(), List.of(FIELDS))
                && values.values().stream()
                        .allMatch(
                                value -> value instanceof String || value instanceof Long || value instanceof Boolean);
    }

    private static String text(StrictFields parameters, String name) {
        return switch (parameters.values().get(name)) {
            case Long number -> number.toString();
            case Boolean bool -> bool.toString();
            case null, default -> parameters.string(name);
        };
    }
}
