package dev.baton.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a task's function returns for one item: the output of the execution that the Map started for it, and so a line
/// of the Map's results.
///
/// @param item the item's parameters, canonically printed
/// @param result how it became complete; its node is the expanding task's
public record ItemResult(Map<String, String> item, TaskResult result) {

    public ItemResult {
        item = Collections.unmodifiableMap(new TreeMap<>(item));
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("item", new LinkedHashMap<String, @Nullable Object>(item));
        json.putAll(result.toJson());
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what a task's function returns for an item
    public static ItemResult of(@Nullable Object json) {
        return new ItemResult(StrictFields.of("the item's result", json).strings("item"), TaskResult.of(json));
    }
}
