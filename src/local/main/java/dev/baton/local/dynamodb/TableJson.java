package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.AttributeType;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The form in which definitions of tables are kept.
final class TableJson {
    private TableJson() {}

    static Map<String, @Nullable Object> json(TableDefinition table) {
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        table.attributes().forEach((name, type) -> attributes.put(name, type.name()));
        return new JsonAnswer()
                .put("name", table.name())
                .put("id", table.id())
                .put("created", table.created().toEpochMilli())
                .put("keys", table.keys().names())
                .put("attributes", attributes)
                .put("indexes", table.indexes().stream().map(TableJson::json).toList())
                .put("onDemand", table.onDemand())
                .put("reads", table.units().reads())
                .put("writes", table.units().writes())
                .put("protected", table.isProtected())
                .putIf("expiry", table.expiry())
                .put("tags", table.tags())
                .map();
    }

    private static Map<String, @Nullable Object> json(SecondaryIndex index) {
        return JsonAnswer.of(
                "name",
                index.name(),
                "global",
                index.global(),
                "keys",
                index.keys().names(),
                "projection",
                index.projection(),
                "included",
                List.copyOf(index.included()),
                "reads",
                index.units().reads(),
                "writes",
                index.units().writes());
    }

    static TableDefinition definition(StoredJson json) {
        var attributes = new LinkedHashMap<String, AttributeType>();
        json.map("attributes").forEach((name, type) -> attributes.put(name, AttributeType.valueOf(type)));
        return new TableDefinition(
                json.text("name"),
                json.text("id"),
                json.time("created"),
                keys(json, attributes),
                attributes,
                json.objects("indexes").stream()
                        .map(index -> index(index, attributes))
                        .toList(),
                json.flag("onDemand"),
                units(json),
                json.flag("protected"),
                json.textIf("expiry"),
                json.map("tags"));
    }

    private static SecondaryIndex index(StoredJson json, Map<String, AttributeType> attributes) {
        return new SecondaryIndex(
                json.text("name"),
                json.flag("global"),
                keys(json, attributes),
                json.text("projection"),
                new LinkedHashSet<>(json.texts("included")),
                units(json));
    }

    private static Throughput units(StoredJson json) {
        return new Throughput(json.number("reads"), json.number("writes"));
    }

    private static KeySchema keys(StoredJson json, Map<String, AttributeType> attributes) {
        var names = json.texts("keys");
        return new KeySchema(
                part(names.getFirst(), attributes), names.size() == 1 ? null : part(names.get(1), attributes));
    }

    private static KeySchema.Part part(String name, Map<String, AttributeType> attributes) {
        return new KeySchema.Part(name, Objects.requireNonNull(attributes.get(name), name));
    }
}
