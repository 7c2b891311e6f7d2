package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.AttributeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All of a table but its items.
///
/// @param id tells it from other tables of the same name, before and after it
/// @param attributes the types of the attributes that are in keys, by name
/// @param onDemand whether requests are paid for one by one
/// @param expiry the attribute that says when an item expires, where there is one
record TableDefinition(
        String name,
        String id,
        Instant created,
        KeySchema keys,
        Map<String, AttributeType> attributes,
        List<SecondaryIndex> indexes,
        boolean onDemand,
        Throughput units,
        boolean isProtected,
        @Nullable String expiry,
        Map<String, String> tags) {

    TableDefinition {
        indexes = List.copyOf(indexes);
    }

    @Nullable
    SecondaryIndex index(String wanted) {
        return indexes.stream()
                .filter(index -> index.name().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    TableDefinition withTags(Map<String, String> other) {
        return new TableDefinition(
                name, id, created, keys, attributes, indexes, onDemand, units, isProtected, expiry, other);
    }

    TableDefinition withExpiry(@Nullable String other) {
        return new TableDefinition(
                name, id, created, keys, attributes, indexes, onDemand, units, isProtected, other, tags);
    }

    TableDefinition withProtection(boolean other) {
        return new TableDefinition(name, id, created, keys, attributes, indexes, onDemand, units, other, expiry, tags);
    }

    TableDefinition withBilling(boolean otherOnDemand, Throughput other) {
        return new TableDefinition(
                name, id, created, keys, attributes, indexes, otherOnDemand, other, isProtected, expiry, tags);
    }

    TableDefinition withIndexes(Map<String, AttributeType> otherAttributes, List<SecondaryIndex> others) {
        return new TableDefinition(
                name, id, created, keys, otherAttributes, others, onDemand, units, isProtected, expiry, tags);
    }
}
