package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An index of a table, local to partitions or global.
///
/// @param projection `ALL`, `KEYS_ONLY` or `INCLUDE`
/// @param included the attributes besides keys, for `INCLUDE`
/// @param units the provisioned throughput; zeros for none
record SecondaryIndex(
        String name, boolean global, KeySchema keys, String projection, Set<String> included, Throughput units) {

    SecondaryIndex with(Throughput other) {
        return new SecondaryIndex(name, global, keys, projection, included, other);
    }

    boolean hasAll() {
        return projection.equals("ALL");
    }

    /// Whether the index itself has an attribute.
    boolean has(String attribute, KeySchema table) {
        return hasAll()
                || included.contains(attribute)
                || keys.names().contains(attribute)
                || table.names().contains(attribute);
    }

    /// What of an item is in the index.
    Map<String, Attribute> projected(Map<String, Attribute> item, KeySchema table) {
        if (hasAll()) {
            return item;
        }
        var part = new LinkedHashMap<String, Attribute>();
        item.forEach((name, value) -> {
            if (has(name, table)) {
                part.put(name, value);
            }
        });
        return part;
    }
}
