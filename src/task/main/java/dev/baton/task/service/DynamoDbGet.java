package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item of a table, read consistently: the answer has it as `Item`.
///
/// @param key values by name, as DynamoDB has them: `{"id": {"S": "2026-11"}}`
public record DynamoDbGet(String table, Map<String, ?> key) implements ServiceCall {
    public DynamoDbGet {
        DynamoDbTable.require(table);
        key = Map.copyOf(key);
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
    public List<Right> rights() {
        return DynamoDbTable.right("GetItem", table);
    }
}
