package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The start function's answer: what became of each run that an event or a request made it consider.
///
/// @param pipeline the pipeline's name
public record StartAnswer(String pipeline, List<StartResult> results) {

    public StartAnswer {
        results = List.copyOf(results);
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pipeline", pipeline);
        json.put("results", results.stream().map(StartResult::toJson).toList());
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what a start function answers
    public static StartAnswer of(@Nullable Object json) {
        var fields = StrictFields.of("the start function's answer", json);
        return new StartAnswer(
                fields.string("pipeline"),
                fields.objectList("results").stream()
                        .map(result -> StartResult.of(result.values()))
                        .toList());
    }
}
