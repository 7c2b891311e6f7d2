package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reason for which a task ran, as a completion record keeps it.
///
/// @param kind `forced`, `never-made`, `output-missing`, `output-changed`, `unrecorded`, `code`, `configuration`, `use`,
///     `input` or `baton`
/// @param text the end of a sentence about the task
public record Reason(String kind, String text) {

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind);
        json.put("text", text);
        return json;
    }

    static Reason of(StrictFields fields) {
        return new Reason(fields.string("kind"), fields.string("text"));
    }
}
