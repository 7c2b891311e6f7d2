package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An item of a table, changed. The call may be repeated: an expression that sets may, one that adds must not go
/// without a condition, such as `attribute_not_exists(#run) OR #run <> :run`.
///
/// @param key values by name, as DynamoDB has them: `{"id": {"S": "2026-11"}}`
/// @param update such as `SET #total = :total`
/// @param condition on which it is done, empty for none
/// @param names what `#total` stands for
/// @param values what `:total` stands for
/// @param partition the attribute that is the partition key: where its value is a text and the same for all parameters,
///     the right is for this partition alone; empty where that is not to be
public record DynamoDbUpdate(
        String table,
        Map<String, ?> key,
        String update,
        String condition,
        Map<String, String> names,
        Map<String, ?> values,
        String partition)
        implements ServiceCall {
    public DynamoDbUpdate {
        DynamoDbTable.require(table);
        key = Map.copyOf(key);
        names = Map.copyOf(names);
        values = Map.copyOf(values);
    }

    /// The partition key is the key's only attribute.
    public DynamoDbUpdate(
            String table,
            Map<String, ?> key,
            String update,
            String condition,
            Map<String, String> names,
            Map<String, ?> values) {
        this(table, key, update, condition, names, values, DynamoDbTable.only(key));
    }

    @Override
    public String integration() {
        return "dynamodb:updateItem";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var arguments = new LinkedHashMap<String, @Nullable Object>();
        arguments.put("TableName", table);
        arguments.put("Key", key);
        arguments.put("UpdateExpression", update);
        // DynamoDB takes none of these empty.
        if (!condition.isEmpty()) {
            arguments.put("ConditionExpression", condition);
        }
        if (!names.isEmpty()) {
            arguments.put("ExpressionAttributeNames", names);
        }
        if (!values.isEmpty()) {
            arguments.put("ExpressionAttributeValues", values);
        }
        return arguments;
    }

    @Override
    public List<ServiceRight> rights() {
        return DynamoDbTable.right("UpdateItem", table);
    }

    @Override
    public Optional<String> leadingKey() {
        return DynamoDbTable.text(key, partition);
    }
}
