package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An item of a table, read consistently: the answer has it as `Item`.
///
/// @param key values by name, as DynamoDB has them: `{"id": {"S": "2026-11"}}`
/// @param partition the attribute that is the partition key: where its value is a text and the same for all parameters,
///     the right is for this partition alone; empty where that is not to be
public record DynamoDbGet(String table, Map<String, ?> key, String partition) implements ServiceCall {
    public DynamoDbGet {
        DynamoDbTable.require(table);
        key = Map.copyOf(key);
    }

    /// The partition key is the key's only attribute.
    public DynamoDbGet(String table, Map<String, ?> key) {
        this(table, key, DynamoDbTable.only(key));
    }

    @Override
    public String integration() {
        return "dynamodb:getItem";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("TableName", table);
        arguments.put("Key", key);
        arguments.put("ConsistentRead", true);
        return arguments;
    }

    @Override
    public List<ServiceRight> rights() {
        return DynamoDbTable.right("GetItem", table);
    }

    @Override
    public Optional<String> leadingKey() {
        return DynamoDbTable.text(key, partition);
    }
}
