package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.ItemCondition;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations that find items: by the key of a partition, or by looking at all of them.
///
/// See [Query](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html) and
/// [Scan](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html).
final class QueryActions {
    private static final String KEYS = "KeyConditionExpression";
    private static final String FILTER = "FilterExpression";
    private static final String PROJECTION = "ProjectionExpression";

    private final TableAccess tables;

    QueryActions(TableAccess tables) {
        this.tables = tables;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(ApiOperation.reading("Query", this::query), ApiOperation.reading("Scan", this::scan));
    }

    private Map<String, @Nullable Object> query(ApiInput input, ApiCall call) {
        var expressions = RequestExpressions.of(input, Set.of(KEYS, FILTER, PROJECTION), KEYS, FILTER);
        var condition = expressions.condition(KEYS);
        if (condition == null) {
            throw DynamoDbErrors.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        var filter = expressions.condition(FILTER);
        var projection = expressions.projection();
        expressions.requireUse();
        var name = tables.name(input);
        var table = tables.find(name);
        var index = table == null ? null : index(input, table, false);
        var range = range(table, index, input, condition);
        var access = access(input, expressions);
        if (range != null) {
            access.leading(range.partition());
        }
        call.require(resource(name, input), access.keys());
        var found = ItemActions.found(table);
        var definition = found.definition();
        var there = index(input, found, true);
        var keys = there == null ? definition.keys() : there.keys();
        var within = KeyConditionReader.read(keys, condition);
        checkFilter(keys, filter);
        var page = new ItemPage(definition, ItemSelection.of(input, definition, there, filter, projection));
        var start = StartKey.of(input, definition, there);
        if (start != null && !within.has(start)) {
            throw StartKey.outside();
        }
        var reading = found.lock().readLock();
        reading.lock();
        try {
            page.fill(
                    within.of(found.rows(there), input.flag("ScanIndexForward", true), start)
                            .values(),
                    input.integer("Limit", 0));
        } finally {
            reading.unlock();
        }
        return page.answer(input);
    }

    /// What may be asked leave for before anything is known to be right.
    private static @Nullable KeyRange range(
            @Nullable StoredTable table, @Nullable SecondaryIndex index, ApiInput input, ItemCondition condition) {
        if (table == null || index == null && input.has("IndexName")) {
            return null;
        }
        return KeyConditionReader.read(index == null ? table.definition().keys() : index.keys(), condition);
    }

    private static void checkFilter(KeySchema keys, @Nullable ItemCondition filter) {
        for (var name : filter == null ? Set.<String>of() : filter.attributes()) {
            if (keys.names().contains(name)) {
                throw DynamoDbErrors.validation(
                        "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                                + name);
            }
        }
    }

    private static ItemAccess access(ApiInput input, RequestExpressions expressions) {
        return new ItemAccess(input).attributes(expressions.attributes()).select(ItemSelection.select(input));
    }

    private String resource(String name, ApiInput input) {
        var index = input.text("IndexName");
        return index == null ? tables.arn(name) : tables.indexArn(name, index);
    }

    private static @Nullable SecondaryIndex index(ApiInput input, StoredTable table, boolean required) {
        var name = input.text("IndexName");
        var index = name == null ? null : table.definition().index(name);
        if (name != null && index == null && required) {
            throw DynamoDbErrors.noIndex(name);
        }
        return index;
    }

    private Map<String, @Nullable Object> scan(ApiInput input, ApiCall call) {
        var expressions = RequestExpressions.of(input, Set.of(FILTER, PROJECTION), FILTER);
        var filter = expressions.condition(FILTER);
        var projection = expressions.projection();
        expressions.requireUse();
        var segment = ScanSegment.of(input);
        var name = tables.name(input);
        call.require(resource(name, input), access(input, expressions).keys());
        var table = ItemActions.found(tables.find(name));
        var definition = table.definition();
        var index = index(input, table, true);
        var page = new ItemPage(definition, ItemSelection.of(input, definition, index, filter, projection));
        var start = StartKey.of(input, definition, index);
        if (start != null && !segment.has(start)) {
            throw DynamoDbErrors.validation(
                    "The provided Exclusive start key does not map to the provided Segment and TotalSegments values.");
        }
        var reading = table.lock().readLock();
        reading.lock();
        try {
            var rows = table.rows(index);
            page.fill(segment.of(start == null ? rows : rows.tailMap(start, false)), input.integer("Limit", 0));
        } finally {
            reading.unlock();
        }
        return page.answer(input);
    }
}
