package dev.baton.local.dynamodb;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations on tables. A table is there as soon as it was asked for, and gone as soon.
///
/// See [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html).
final class TableActions {
    private static final int MOST_LISTED = 100;

    private final TableAccess tables;
    private final InstantSource clock;
    private final TableDescription description;

    TableActions(TableAccess tables, InstantSource clock) {
        this.tables = tables;
        this.clock = clock;
        this.description = new TableDescription(tables);
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateTable", this::create, "CreateTable", "TagResource"),
                ApiOperation.changing("DeleteTable", this::delete),
                ApiOperation.reading("DescribeTable", this::describe),
                ApiOperation.reading("ListTables", this::list));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var definition = TableRequest.definition(tables.name(input), input, clock.instant());
        var arn = tables.arn(definition.name());
        var tags = RequestContext.builder().requestTags(definition.tags()).build();
        call.require(arn, tags);
        if (!definition.tags().isEmpty()) {
            call.require("dynamodb:TagResource", arn, tags);
        }
        if (!tables.store().create(definition)) {
            throw DynamoDbErrors.tableExists(definition.name());
        }
        return JsonAnswer.of("TableDescription", description.of(definition, 0, 0));
    }

    private StoredTable required(ApiInput input, ApiCall call) {
        var name = tables.name(input);
        call.require(tables.arn(name));
        var table = tables.find(name);
        if (table == null) {
            throw DynamoDbErrors.noTable(name);
        }
        return table;
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        return JsonAnswer.of("Table", description.of(required(input, call)));
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var table = required(input, call);
        if (table.definition().isProtected()) {
            throw new AwsError(
                    400,
                    "ValidationException",
                    "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection"
                            + " first.");
        }
        var shown = description.of(table);
        shown.put("TableStatus", "DELETING");
        tables.store().delete(table);
        return JsonAnswer.of("TableDescription", shown);
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        int limit = input.integer("Limit", MOST_LISTED);
        var from = input.text("ExclusiveStartTableName");
        var all = tables.store().all();
        var names = List.copyOf((from == null ? all : all.tailMap(from, false)).keySet());
        var page = names.subList(0, Math.min(limit, names.size()));
        var answer = new JsonAnswer().put("TableNames", page);
        if (page.size() < names.size()) {
            answer.put("LastEvaluatedTableName", page.getLast());
        }
        return answer.map();
    }
}
