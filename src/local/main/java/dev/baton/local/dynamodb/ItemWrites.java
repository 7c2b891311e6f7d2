package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.ItemCondition;
import dev.baton.local.dynamodb.expression.UpdatePlan;
import dev.baton.local.dynamodb.item.Attribute;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The writes of items whose keys were held against the table.
final class ItemWrites {
    private ItemWrites() {}

    /// @throws dev.baton.local.http.AwsError `ValidationException` where the item has not the key of the table
    static ItemWrite put(
            StoredTable table, Map<String, Attribute> item, @Nullable ItemCondition condition, boolean failureShown) {
        var definition = table.definition();
        return new ItemWrite(
                table,
                ItemKeys.of(definition, item),
                TableStore.key(definition.keys(), item),
                new ItemWrite.Put(item),
                condition,
                failureShown);
    }

    static ItemWrite delete(
            StoredTable table, Map<String, Attribute> key, @Nullable ItemCondition condition, boolean failureShown) {
        return of(table, key, new ItemWrite.Delete(), condition, failureShown);
    }

    static ItemWrite check(
            StoredTable table, Map<String, Attribute> key, @Nullable ItemCondition condition, boolean failureShown) {
        return of(table, key, new ItemWrite.Check(), condition, failureShown);
    }

    /// @throws dev.baton.local.http.AwsError `ValidationException` also where it would change the key
    static ItemWrite update(
            StoredTable table,
            Map<String, Attribute> key,
            UpdatePlan plan,
            @Nullable ItemCondition condition,
            boolean failureShown) {
        var write = of(table, key, new ItemWrite.Update(plan), condition, failureShown);
        for (var target : plan.targets()) {
            if (key.containsKey(target.attribute())) {
                throw DynamoDbErrors.invalid(
                        "Cannot update attribute " + target.attribute() + ". This attribute is part of the key");
            }
        }
        return write;
    }

    private static ItemWrite of(
            StoredTable table,
            Map<String, Attribute> key,
            ItemWrite.Effect effect,
            @Nullable ItemCondition condition,
            boolean failureShown) {
        return new ItemWrite(
                table, ItemKeys.named(table.definition().keys(), key), key, effect, condition, failureShown);
    }
}
