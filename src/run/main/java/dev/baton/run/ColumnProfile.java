package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The profile of one column.
///
/// @param nulls how many rows have no value; null where that is not known
/// @param distinct how many different values there are: counted up to 1,000, estimated above; null where not known
/// @param min the least value, as it was written, cut to 64 characters; null where there is none
/// @param max the greatest
/// @param mean of numbers
public record ColumnProfile(
        String name,
        ColumnType type,
        @Nullable Long nulls,
        @Nullable Long distinct,
        @Nullable String min,
        @Nullable String max,
        @Nullable Double mean) {

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", name);
        json.put("type", type.word());
        put(json, "nulls", nulls);
        put(json, "distinct", distinct);
        put(json, "min", min);
        put(json, "max", max);
        put(json, "mean", mean);
        return json;
    }

    static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static ColumnProfile of(StrictFields fields) {
        return new ColumnProfile(
                fields.string("name"),
                ColumnType.of(fields.string("type")),
                fields.has("nulls") ? (Long) fields.integer("nulls") : null,
                fields.has("distinct") ? (Long) fields.integer("distinct") : null,
                fields.maybeString("min").orElse(null),
                fields.maybeString("max").orElse(null),
                fields.values().get("mean") instanceof Number mean ? (Double) mean.doubleValue() : null);
    }
}
