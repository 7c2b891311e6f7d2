package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the keys of items have to be like.
final class ItemKeys {
    private static final int LONGEST_PARTITION = 2_048;
    private static final int LONGEST_SORT = 1_024;

    private ItemKeys() {}

    /// The key that a request names an item by.
    ///
    /// @throws AwsError `ValidationException`
    static RowKey named(KeySchema keys, Map<String, Attribute> key) {
        for (var part : keys.parts()) {
            var value = key.get(part.name());
            if (value == null || value.type() != part.type()) {
                throw DynamoDbErrors.keyMismatch();
            }
        }
        if (key.size() != keys.parts().size()) {
            throw DynamoDbErrors.keyMismatch();
        }
        checkContent(keys, key);
        return keys.key(key);
    }

    /// The key of an item that is to be written.
    ///
    /// @throws AwsError `ValidationException`
    static RowKey of(TableDefinition table, Map<String, Attribute> item) {
        for (var part : table.keys().parts()) {
            var value = item.get(part.name());
            if (value == null) {
                throw DynamoDbErrors.invalid("Missing the key " + part.name() + " in the item");
            }
            if (value.type() != part.type()) {
                throw DynamoDbErrors.invalid("Type mismatch for key " + part.name() + " expected: " + part.type()
                        + " actual: " + value.type());
            }
        }
        checkContent(table.keys(), item);
        checkIndexes(table, item);
        return table.keys().key(item);
    }

    private static void checkContent(KeySchema keys, Map<String, Attribute> item) {
        for (var part : keys.parts()) {
            var value = part.of(item);
            var empty = value == null ? null : emptiness(value);
            if (empty != null) {
                throw DynamoDbErrors.validation(
                        "One or more parameter values are not valid. The AttributeValue for a key"
                                + " attribute cannot contain an empty " + empty + " value. Key: " + part.name());
            }
            checkLength(part, part == keys.partition(), value);
        }
    }

    private static void checkLength(KeySchema.Part part, boolean isPartition, @Nullable Attribute value) {
        int length = value == null ? 0 : AttributeOrder.bytes(value).length;
        if (isPartition && length > LONGEST_PARTITION) {
            throw DynamoDbErrors.invalid(
                    "Size of hashkey has exceeded the maximum size limit of" + LONGEST_PARTITION + " bytes");
        }
        if (!isPartition && length > LONGEST_SORT) {
            throw DynamoDbErrors.invalid(
                    "Aggregated size of all range keys has exceeded the size limit of " + LONGEST_SORT + " bytes");
        }
    }

    static @Nullable String emptiness(Attribute value) {
        return switch (value) {
            case Attribute.S text when text.value().isEmpty() -> "string";
            case Attribute.B bytes when bytes.value().length == 0 -> "binary";
            default -> null;
        };
    }

    /// What an index is to hold has to have its key's type.
    static void checkIndexes(TableDefinition table, Map<String, Attribute> item) {
        for (var index : table.indexes()) {
            for (var part : index.keys().parts()) {
                var value = item.get(part.name());
                if (value == null) {
                    continue;
                }
                if (value.type() != part.type()) {
                    throw DynamoDbErrors.invalid("Type mismatch for Index Key " + part.name() + " Expected: "
                            + part.type() + " Actual: " + value.type() + " IndexName: " + index.name());
                }
                var empty = emptiness(value);
                if (empty != null) {
                    throw DynamoDbErrors.validation(
                            "One or more parameter values are not valid. A value specified for a"
                                    + " secondary index key is not supported. The AttributeValue for a key attribute cannot"
                                    + " contain an empty " + empty + " value. IndexName: " + index.name()
                                    + ", IndexKey: "
                                    + part.name());
                }
                checkLength(part, part == index.keys().partition(), value);
            }
        }
    }
}
