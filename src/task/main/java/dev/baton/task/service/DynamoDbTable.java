package dev.baton.task.service;

import java.util.List;

/// What calls of DynamoDB have in common.
final class DynamoDbTable {
    private DynamoDbTable() {}

    static String require(String table) {
        if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
            throw new IllegalArgumentException("no name of a table: " + table);
        }
        return table;
    }

    static List<Right> right(String action, String table) {
        return List.of(Right.to(List.of("dynamodb:" + action), Right.arn("dynamodb", "table/" + table)));
    }
}
