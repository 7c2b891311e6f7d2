package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The attributes that are the key of a table or an index: one by which items are spread over partitions, and perhaps
/// one by which they are sorted within one.
record KeySchema(Part partition, @Nullable Part sort) {

    /// @param type `S`, `N` or `B`
    record Part(String name, AttributeType type) {
        /// Nothing where the item lacks it, or has it with another type.
        @Nullable
        Attribute of(Map<String, Attribute> item) {
            var value = item.get(name);
            return value != null && value.type() == type ? value : null;
        }
    }

    List<Part> parts() {
        return sort == null ? List.of(partition) : List.of(partition, sort);
    }

    List<String> names() {
        return parts().stream().map(Part::name).toList();
    }

    /// The key of an item, which is known to have one.
    RowKey key(Map<String, Attribute> item) {
        var key = key(item, null);
        if (key == null) {
            throw new IllegalStateException("an item without a key");
        }
        return key;
    }

    /// The key of an item in an index; nothing where it is not in there.
    ///
    /// @param base its key in the table
    @Nullable
    RowKey key(Map<String, Attribute> item, @Nullable RowKey base) {
        var first = partition.of(item);
        var second = sort == null ? null : sort.of(item);
        return first == null || sort != null && second == null ? null : RowKey.of(first, second, base);
    }
}
