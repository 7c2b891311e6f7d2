package dev.baton.run;

import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What each item of a task that expanded has made in a run, in which version.
///
/// The output of the task itself is [#content]: the same without versions. So an item that ran again and made the same
/// bytes changes nothing for whoever requires the task.
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

    /// What the items made, one SHA-256 for all: over the sorted list of (parameters, identity of the output).
    public String identity() {
        var digest = new FieldDigest().count(items.size());
        for (var item : items) {
            digest.add(Json.print(item.parameters()))
                    .add(item.output().uri())
                    .add(item.output().identity());
        }
        return digest.hex();
    }

    /// The output of the task that expanded: its items and what each made, by content. The same items with the same
    /// outputs give the same bytes, in whatever order they ended.
    public Map<String, @Nullable Object> content() {
        var list = new ArrayList<@Nullable Object>();
        for (var item : items) {
            var output = item.output().toJson();
            if (item.output().sha256() != null || item.output().checksum() != null) {
                output.remove("version");
            }
            list.add(json(item.parameters(), output));
        }
        return json(list);
    }

    private static Map<String, @Nullable Object> json(List<@Nullable Object> items) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("items", items);
        return json;
    }

    private static Map<String, @Nullable Object> json(
            Map<String, String> parameters, Map<String, @Nullable Object> output) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters));
        json.put("output", output);
        return json;
    }

    public Map<String, @Nullable Object> toJson() {
        var list = new ArrayList<@Nullable Object>();
        for (var item : items) {
            list.add(json(item.parameters(), item.output().toJson()));
        }
        return json(list);
    }

    /// @throws dev.baton.task.InvalidInput when this is not a manifest of items
    public static ItemManifest parse(byte[] utf8) {
        var fields = StrictFields.parse("the manifest of items", utf8);
        return new ItemManifest(fields.objectList("items").stream()
                .map(item -> new Item(item.strings("parameters"), PinnedObject.of(item.object("output"))))
                .toList());
    }
}
