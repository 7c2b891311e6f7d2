package dev.baton.local.dynamodb;

import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What answers tell of a table.
record TableDescription(TableAccess tables) {

    Map<String, @Nullable Object> of(StoredTable table) {
        var reading = table.lock().readLock();
        reading.lock();
        try {
            var shown = of(table.definition(), table.rows(null).size(), table.bytes());
            for (var list : List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes")) {
                if (shown.get(list) instanceof List<?> indexes) {
                    indexes.forEach(index -> count((Map<?, ?>) index, table));
                }
            }
            return shown;
        } finally {
            reading.unlock();
        }
    }

    @SuppressWarnings("unchecked")
    private static void count(Map<?, ?> shown, StoredTable table) {
        var index = table.definition().index(String.valueOf(shown.get("IndexName")));
        var items = table.rows(index).values();
        ((Map<String, @Nullable Object>) shown).put("ItemCount", items.size());
        ((Map<String, @Nullable Object>) shown)
                .put(
                        "IndexSizeBytes",
                        items.stream().mapToLong(StoredItem::size).sum());
    }

    Map<String, @Nullable Object> of(TableDefinition table, int items, long bytes) {
        var attributes = new ArrayList<Map<String, String>>();
        table.attributes()
                .forEach((name, type) -> attributes.add(Map.of("AttributeName", name, "AttributeType", type.name())));
        var answer = new JsonAnswer()
                .put("AttributeDefinitions", attributes)
                .put("TableName", table.name())
                .put("KeySchema", keys(table.keys()))
                .put("TableStatus", "ACTIVE")
                .time("CreationDateTime", table.created())
                .put("ProvisionedThroughput", units(table.units()))
                .put("TableSizeBytes", bytes)
                .put("ItemCount", items)
                .put("TableArn", tables.arn(table.name()))
                .put("TableId", table.id())
                .put("DeletionProtectionEnabled", table.isProtected());
        if (table.onDemand()) {
            answer.put(
                    "BillingModeSummary",
                    new JsonAnswer()
                            .put("BillingMode", "PAY_PER_REQUEST")
                            .time("LastUpdateToPayPerRequestDateTime", table.created())
                            .map());
        }
        indexes(answer, table, false);
        indexes(answer, table, true);
        return answer.map();
    }

    private void indexes(JsonAnswer answer, TableDefinition table, boolean global) {
        var shown = table.indexes().stream()
                .filter(index -> index.global() == global)
                .map(index -> index(table, index))
                .toList();
        if (!shown.isEmpty()) {
            answer.put(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes", shown);
        }
    }

    private Map<String, @Nullable Object> index(TableDefinition table, SecondaryIndex index) {
        var projection = new LinkedHashMap<String, Object>();
        projection.put("ProjectionType", index.projection());
        if (!index.included().isEmpty()) {
            projection.put("NonKeyAttributes", List.copyOf(index.included()));
        }
        var answer = new JsonAnswer()
                .put("IndexName", index.name())
                .put("KeySchema", keys(index.keys()))
                .put("Projection", projection)
                .put("IndexSizeBytes", 0)
                .put("ItemCount", 0)
                .put("IndexArn", tables.indexArn(table.name(), index.name()));
        if (index.global()) {
            answer.put("IndexStatus", "ACTIVE").put("ProvisionedThroughput", units(index.units()));
        }
        return answer.map();
    }

    private static Map<String, Object> units(Throughput units) {
        return Map.of(
                "NumberOfDecreasesToday", 0, "ReadCapacityUnits", units.reads(), "WriteCapacityUnits", units.writes());
    }

    private static List<Map<String, String>> keys(KeySchema keys) {
        var parts = new ArrayList<Map<String, String>>();
        for (var part : keys.parts()) {
            parts.add(Map.of("AttributeName", part.name(), "KeyType", part == keys.partition() ? "HASH" : "RANGE"));
        }
        return parts;
    }
}
