package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.ItemSize;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The capacity units that a request used, of a table and of its indexes, as `ReturnConsumedCapacity` has them told.
final class ConsumedUnits {
    private static final int READ = 4_096;
    private static final int WRITE = 1_024;

    private final TableDefinition table;
    private final int factor;
    private double ofTable;
    private final Map<String, Double> ofIndexes = new TreeMap<>();

    /// @param transaction whether everything counts twice
    ConsumedUnits(TableDefinition table, boolean transaction) {
        this.table = table;
        this.factor = transaction ? 2 : 1;
    }

    /// @param bytes of the items together
    /// @param consistent whether the latest was asked for
    ConsumedUnits read(@Nullable SecondaryIndex index, long bytes, boolean consistent) {
        long units = Math.max(1, (bytes + READ - 1) / READ);
        add(index, consistent || factor == 2 ? units : units / 2.0);
        return this;
    }

    ConsumedUnits written(ItemWrite.Result result) {
        var before = result.before();
        var after = result.after();
        add(null, writes(Math.max(size(before), size(after))));
        for (var index : table.indexes()) {
            var then = before == null ? null : index.keys().key(before.attributes(), null);
            var now = after == null ? null : index.keys().key(after.attributes(), null);
            if (before != null && after != null && then != null && then.equals(now)) {
                var old = index.projected(before.attributes(), table.keys());
                var next = index.projected(after.attributes(), table.keys());
                if (!old.equals(next)) {
                    add(index, writes(Math.max(size(old), size(next))));
                }
            } else {
                if (before != null && then != null) {
                    add(index, writes(size(index.projected(before.attributes(), table.keys()))));
                }
                if (after != null && now != null) {
                    add(index, writes(size(index.projected(after.attributes(), table.keys()))));
                }
            }
        }
        return this;
    }

    private static int size(@Nullable StoredItem item) {
        return item == null ? 0 : item.size();
    }

    private static int size(Map<String, Attribute> item) {
        return ItemSize.of(item);
    }

    private static long writes(long bytes) {
        return Math.max(1, (bytes + WRITE - 1) / WRITE);
    }

    private void add(@Nullable SecondaryIndex index, double units) {
        if (index == null) {
            ofTable += units * factor;
        } else {
            ofIndexes.merge(index.name(), units * factor, Double::sum);
        }
    }

    /// Tells it where the request wants it told.
    void answer(ApiInput input, JsonAnswer answer) {
        var mode = input.text("ReturnConsumedCapacity", "NONE");
        if (!mode.equals("NONE")) {
            answer.put("ConsumedCapacity", toJson(mode));
        }
    }

    /// Tells those of several tables where the request wants them told.
    static void answer(ApiInput input, JsonAnswer answer, List<ConsumedUnits> all) {
        var mode = input.text("ReturnConsumedCapacity", "NONE");
        if (!mode.equals("NONE")) {
            answer.put(
                    "ConsumedCapacity",
                    all.stream().map(units -> units.toJson(mode)).toList());
        }
    }

    /// @param mode `TOTAL` or `INDEXES`
    Map<String, @Nullable Object> toJson(String mode) {
        var answer = new JsonAnswer()
                .put("TableName", table.name())
                .put(
                        "CapacityUnits",
                        ofTable
                                + ofIndexes.values().stream()
                                        .mapToDouble(units -> units)
                                        .sum());
        if (mode.equals("INDEXES")) {
            answer.put("Table", Map.of("CapacityUnits", ofTable));
            for (var global : new boolean[] {false, true}) {
                var some = new LinkedHashMap<String, Object>();
                ofIndexes.forEach((name, units) -> {
                    var index = table.index(name);
                    if (index != null && index.global() == global) {
                        some.put(name, Map.of("CapacityUnits", units));
                    }
                });
                if (!some.isEmpty()) {
                    answer.put(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes", some);
                }
            }
        }
        return answer.map();
    }
}
