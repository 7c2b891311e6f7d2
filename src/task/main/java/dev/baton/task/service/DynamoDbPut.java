package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An item put into a table, in place of one with the same key. Put twice, it is there once.
///
/// @param item values by name, as DynamoDB has them: `{"id": {"S": "2026-11"}}`
/// @param partition the attribute that is the partition key: where its value is a text and the same for all parameters,
///     the right is for this partition alone; empty where that is not to be
public record DynamoDbPut(String table, Map<String, ?> item, String partition) implements ServiceCall {
    public DynamoDbPut {
        DynamoDbTable.require(table);
        item = Map.copyOf(item);
    }

    /// Into any partition.
    public DynamoDbPut(String table, Map<String, ?> item) {
        this(table, item, "");
    }

    @Override
    public String integration() {
        return "dynamodb:putItem";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("TableName", table);
        arguments.put("Item", item);
        return arguments;
    }

    @Override
    public List<ServiceRight> rights() {
        return DynamoDbTable.right("PutItem", table);
    }

    @Override
    public Optional<String> leadingKey() {
        return DynamoDbTable.text(item, partition);
    }
}
