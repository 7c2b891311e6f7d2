package dev.baton.task.run;

import dev.baton.json.Json;
import dev.baton.task.internal.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The output of a task that expanded: what each of its items made, in which version. The same items with the same
/// outputs give the same bytes, in whatever order they ended.
///
/// @param items in the order of their parameters
public record ItemManifest(List<Item> items) {
    /// An item's identity is its parameters, never its place in the list.
    ///
    /// @param parameters of the item, canonically printed
    /// @param output what it made
    public record Item(Map<String, String> parameters, PinnedObject output) {
        public Item {
            parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        }
    }

    public ItemManifest {
        var sorted = new TreeMap<String, Item>();
        items.forEach(item -> sorted.put(Json.print(item.parameters()), item));
        items = List.copyOf(sorted.values());
    }

    public Map<String, @Nullable Object> toJson() {
        var list = new ArrayList<@Nullable Object>();
        for (var item : items) {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("parameters", new LinkedHashMap<String, @Nullable Object>(item.parameters()));
            json.put("output", item.output().toJson());
            list.add(json);
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("items", list);
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is no manifest of items
    public static ItemManifest parse(byte[] utf8) {
        var fields = Fields.parse("the manifest of items", utf8);
        return new ItemManifest(fields.objectList("items").stream()
                .map(item -> new Item(item.strings("parameters"), PinnedObject.of(item.object("output"))))
                .toList());
    }
}
