package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a task's function returns when it has listed the items of an expanding task: where the Map finds them, and
/// where it is to write what became of them. Its size does not grow with their number.
///
/// @param node the node's id in the graph
/// @param items the key of the [ItemList] in the state bucket
/// @param results the prefix for the Map's results in the state bucket, with its final `/`
/// @param count how many items there are
public record ExpandedItems(String node, String items, String results, int count) {

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("node", node);
        json.put("items", items);
        json.put("results", results);
        json.put("count", (long) count);
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what an expansion returns
    public static ExpandedItems of(@Nullable Object json) {
        var fields = StrictFields.of("the expansion's result", json);
        return new ExpandedItems(
                fields.string("node"),
                fields.string("items"),
                fields.string("results"),
                Math.toIntExact(fields.integer("count")));
    }
}
