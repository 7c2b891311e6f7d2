package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.task.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The items into which a task expanded, by their parameters: a JSON array that a Map reads. The same items give
/// the same bytes, in whatever order they were found.
///
/// @param items the parameters of each, canonically printed, without doubles, in the order of their text
public record ItemList(List<Map<String, String>> items) {

    public ItemList {
        var sorted = new TreeMap<String, Map<String, String>>();
        for (var item : items) {
            var parameters = Collections.unmodifiableMap(new TreeMap<>(item));
            sorted.put(Json.print(parameters), parameters);
        }
        items = List.copyOf(sorted.values());
    }

    public static ItemList of(Collection<Map<String, String>> items) {
        return new ItemList(List.copyOf(items));
    }

    public List<@Nullable Object> toJson() {
        var json = new ArrayList<@Nullable Object>();
        items.forEach(item -> json.add(new LinkedHashMap<String, @Nullable Object>(item)));
        return json;
    }

    /// @throws InvalidInput when this is not a list of items
    public static ItemList parse(byte[] utf8) {
        try {
            if (!(Json.parse(utf8) instanceof List<?> list)) {
                throw new InvalidInput("the list of items must be a JSON array");
            }
            var items = new ArrayList<Map<String, String>>();
            for (var item : list) {
                items.add(StrictFields.of("an item", item).map(StrictFields::string));
            }
            return new ItemList(items);
        } catch (JsonException e) {
            throw new InvalidInput("the list of items is not JSON: " + e.getMessage());
        }
    }
}
