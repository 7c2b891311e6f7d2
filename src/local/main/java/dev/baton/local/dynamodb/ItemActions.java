package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.DocumentPath;
import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeReader;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations on single items.
///
/// See [PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html).
final class ItemActions {
    private static final String CONDITION = "ConditionExpression";
    private static final String UPDATE = "UpdateExpression";
    private static final String PROJECTION = "ProjectionExpression";

    private final TableAccess tables;
    private final ItemWriter writer;

    ItemActions(TableAccess tables, ItemWriter writer) {
        this.tables = tables;
        this.writer = writer;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("DeleteItem", this::delete),
                ApiOperation.reading("GetItem", this::get),
                ApiOperation.changing("PutItem", this::put),
                ApiOperation.changing("UpdateItem", this::update));
    }

    /// A table that is there.
    static StoredTable found(@Nullable StoredTable table) {
        if (table == null) {
            throw DynamoDbErrors.noTable();
        }
        return table;
    }

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var name = tables.name(input);
        var table = tables.find(name);
        var key = AttributeReader.attributes(input.object("Key").members());
        var expressions = RequestExpressions.of(input, Set.of(PROJECTION));
        var projection = expressions.projection();
        expressions.requireUse();
        call.require(
                tables.arn(name),
                new ItemAccess(input)
                        .key(table, key)
                        .attributes(expressions.attributes())
                        .select(projection == null ? "ALL_ATTRIBUTES" : "SPECIFIC_ATTRIBUTES")
                        .keys());
        var definition = found(table).definition();
        var item = read(found(table), ItemKeys.named(definition.keys(), key));
        var answer = new JsonAnswer();
        if (item != null) {
            answer.put(
                    "Item", Attribute.json(projection == null ? item.attributes() : projection.of(item.attributes())));
        }
        new ConsumedUnits(definition, false)
                .read(null, item == null ? 0 : item.size(), input.flag("ConsistentRead"))
                .answer(input, answer);
        return answer.map();
    }

    private static @Nullable StoredItem read(StoredTable table, RowKey key) {
        var reading = table.lock().readLock();
        reading.lock();
        try {
            return table.get(key);
        } finally {
            reading.unlock();
        }
    }

    private Map<String, @Nullable Object> put(ApiInput input, ApiCall call) {
        var values = oldOrNone(input);
        var name = tables.name(input);
        var table = tables.find(name);
        var item = AttributeReader.attributes(input.object("Item").members());
        var expressions = RequestExpressions.of(input, Set.of(CONDITION), CONDITION);
        var condition = expressions.condition(CONDITION);
        expressions.requireUse();
        call.require(
                tables.arn(name),
                new ItemAccess(input)
                        .key(table, item)
                        .attributes(expressions.attributes())
                        .keys());
        return written(input, ItemWrites.put(found(table), item, condition, failureShown(input)), values, List.of());
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var values = oldOrNone(input);
        var name = tables.name(input);
        var table = tables.find(name);
        var names = AttributeReader.attributes(input.object("Key").members());
        var expressions = RequestExpressions.of(input, Set.of(CONDITION), CONDITION);
        var condition = expressions.condition(CONDITION);
        expressions.requireUse();
        call.require(
                tables.arn(name),
                new ItemAccess(input)
                        .key(table, names)
                        .attributes(expressions.attributes())
                        .keys());
        return written(
                input, ItemWrites.delete(found(table), names, condition, failureShown(input)), values, List.of());
    }

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var values = ReturnedValues.valueOf(input.text("ReturnValues", "NONE"));
        var name = tables.name(input);
        var table = tables.find(name);
        var names = AttributeReader.attributes(input.object("Key").members());
        var expressions = RequestExpressions.of(input, Set.of(UPDATE, CONDITION), UPDATE, CONDITION);
        var plan = expressions.update();
        var condition = expressions.condition(CONDITION);
        expressions.requireUse();
        call.require(
                tables.arn(name),
                new ItemAccess(input)
                        .key(table, names)
                        .attributes(expressions.attributes())
                        .keys());
        return written(
                input,
                ItemWrites.update(found(table), names, plan, condition, failureShown(input)),
                values,
                plan.targets());
    }

    private Map<String, @Nullable Object> written(
            ApiInput input, ItemWrite write, ReturnedValues values, List<DocumentPath> targets) {
        var result = writer.write(write);
        var answer = new JsonAnswer();
        var shown = values.of(result, targets);
        if (!shown.isEmpty()) {
            answer.put("Attributes", Attribute.json(shown));
        }
        new ConsumedUnits(write.table().definition(), false).written(result).answer(input, answer);
        return answer.map();
    }

    private static ReturnedValues oldOrNone(ApiInput input) {
        var values = ReturnedValues.valueOf(input.text("ReturnValues", "NONE"));
        if (values != ReturnedValues.NONE && values != ReturnedValues.ALL_OLD) {
            throw DynamoDbErrors.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        return values;
    }

    static boolean failureShown(ApiInput input) {
        return input.text("ReturnValuesOnConditionCheckFailure", "NONE").equals("ALL_OLD");
    }
}
