package dev.baton.task.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The common part of calls of DynamoDB.
final class DynamoDbTable {
    private DynamoDbTable() {}

    static String require(String table) {
        if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
            throw new IllegalArgumentException("no name of a table: " + table);
        }
        return table;
    }

    static List<ServiceRight> right(String action, String table) {
        return List.of(ServiceRight.to(List.of("dynamodb:" + action), ServiceRight.arn("dynamodb", "table/" + table)));
    }

    /// The only attribute of a key, or none: which of two is the partition's only the table knows.
    static String only(Map<String, ?> key) {
        return key.size() == 1 ? key.keySet().iterator().next() : "";
    }

    /// The text that an attribute holds. How IAM writes numbers and bytes is not told, so they are left out, as is what
    /// IAM would take for a variable.
    static Optional<String> text(Map<String, ?> attributes, String name) {
        return attributes.get(name) instanceof Map<?, ?> typed
                        && typed.get("S") instanceof String text
                        && !text.contains("$")
                ? Optional.of(text)
                : Optional.empty();
    }
}
