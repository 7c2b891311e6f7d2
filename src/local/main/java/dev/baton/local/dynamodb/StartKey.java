package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeReader;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The place at which a page of items ends and the next one begins: the key of an item in the table, and in the index.
final class StartKey {
    private StartKey() {}

    /// @param index nothing for the table itself
    /// @return nothing where the request begins at the beginning
    /// @throws AwsError `ValidationException` where no item can be there
    static @Nullable RowKey of(ApiInput input, TableDefinition table, @Nullable SecondaryIndex index) {
        var given = input.objectIf("ExclusiveStartKey");
        if (given == null) {
            return null;
        }
        var attributes = AttributeReader.attributes(given.members());
        var names = new HashSet<>(table.keys().names());
        if (index != null) {
            names.addAll(index.keys().names());
        }
        var base = table.keys().key(attributes, null);
        var key = index == null || base == null ? base : index.keys().key(attributes, base);
        if (key == null || !attributes.keySet().equals(names)) {
            throw DynamoDbErrors.validation("The provided starting key is invalid");
        }
        return key;
    }

    static AwsError outside() {
        return DynamoDbErrors.validation(
                "The provided starting key is outside query boundaries based on provided conditions");
    }

    /// The attributes that name an item's place.
    static Map<String, Attribute> of(
            Map<String, Attribute> item, TableDefinition table, @Nullable SecondaryIndex index) {
        var key = new LinkedHashMap<>(TableStore.key(table.keys(), item));
        if (index != null) {
            key.putAll(TableStore.key(index.keys(), item));
        }
        return key;
    }
}
