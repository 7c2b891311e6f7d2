package dev.baton.local.dynamodb;

import dev.baton.json.Json;
import dev.baton.local.dynamodb.expression.UpdatePlan;
import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeReader;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The operations on several items, of several tables, in one step.
///
/// See [transactions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html).
final class TransactionActions {
    private static final int LARGEST = 4 << 20;

    /// The operations on an item, and the IAM action of each.
    private static final Map<String, String> RIGHTS = Map.of(
            "ConditionCheck", "dynamodb:ConditionCheckItem",
            "Delete", "dynamodb:DeleteItem",
            "Put", "dynamodb:PutItem",
            "Update", "dynamodb:UpdateItem");

    private static final String GET = "dynamodb:GetItem";

    private final TableAccess tables;
    private final ItemWriter writer;

    TransactionActions(TableAccess tables, ItemWriter writer) {
        this.tables = tables;
        this.writer = writer;
    }

    List<ApiOperation<JsonAction>> all() {
        var rights = RIGHTS.values().stream().sorted().toArray(String[]::new);
        return List.of(
                ApiOperation.reading("TransactGetItems", this::get, GET),
                ApiOperation.changing("TransactWriteItems", this::write, rights));
    }

    private Map<String, @Nullable Object> write(ApiInput input, ApiCall call) {
        var writes = new ArrayList<ItemWrite>();
        var seen = new HashSet<List<Object>>();
        for (var item : input.objects("TransactItems")) {
            var write = write(item, input, call);
            if (!seen.add(List.of(write.table(), write.key()))) {
                throw DynamoDbErrors.validation("Transaction request cannot include multiple operations on one item");
            }
            writes.add(write);
        }
        if (Json.bytes(input.list("TransactItems")).length > 2 * LARGEST) {
            throw DynamoDbErrors.validation("Collection size of items in the transaction exceeded the limit of 4 MB");
        }
        var results = made(writes, tables.store().tokens().of(input));
        var consumed = new LinkedHashMap<StoredTable, ConsumedUnits>();
        for (int i = 0; i < results.size(); i++) {
            consumed.computeIfAbsent(writes.get(i).table(), table -> new ConsumedUnits(table.definition(), true))
                    .written(results.get(i));
        }
        var answer = new JsonAnswer();
        ConsumedUnits.answer(input, answer, List.copyOf(consumed.values()));
        return answer.map();
    }

    /// @return nothing where it was made before
    private List<ItemWrite.Result> made(List<ItemWrite> writes, ItemJournal.@Nullable Token token) {
        if (token == null) {
            return make(writes, null);
        }
        var tokens = tables.store().tokens();
        if (!tokens.begin(token)) {
            return List.of();
        }
        boolean made = false;
        try {
            var results = make(writes, token);
            made = true;
            return results;
        } finally {
            tokens.end(token, made);
        }
    }

    private List<ItemWrite.Result> make(List<ItemWrite> writes, ItemJournal.@Nullable Token token) {
        var results = new ArrayList<ItemWrite.Result>();
        var errors = new ArrayList<@Nullable AwsError>();
        for (var outcome : writer.all(writes, token)) {
            errors.add(outcome.error());
            var result = outcome.result();
            if (result != null) {
                results.add(result);
            }
        }
        if (results.size() < writes.size()) {
            throw cancelled(errors);
        }
        return results;
    }

    private ItemWrite write(ApiInput item, ApiInput input, ApiCall call) {
        var given = RIGHTS.keySet().stream().filter(item::has).toList();
        if (given.size() != 1) {
            throw DynamoDbErrors.validation("TransactItems can only contain one of Check, Put, Update or Delete");
        }
        var kind = given.getFirst();
        var request = item.object(kind);
        var name = tables.name(request);
        var table = tables.find(name);
        boolean update = kind.equals("Update");
        var attributes = AttributeReader.attributes(
                request.object(kind.equals("Put") ? "Item" : "Key").members());
        var expressions = update
                ? RequestExpressions.of(
                        request,
                        Set.of("UpdateExpression", "ConditionExpression"),
                        "UpdateExpression",
                        "ConditionExpression")
                : RequestExpressions.of(request, Set.of("ConditionExpression"), "ConditionExpression");
        var plan = update ? expressions.update() : UpdatePlan.NONE;
        var condition = expressions.condition("ConditionExpression");
        expressions.requireUse();
        call.require(
                RIGHTS.getOrDefault(kind, ""),
                tables.arn(name),
                new ItemAccess(input)
                        .key(table, attributes)
                        .attributes(expressions.attributes())
                        .put("dynamodb:EnclosingOperation", "TransactWriteItems")
                        .keys());
        var found = ItemActions.found(table);
        boolean shown = ItemActions.failureShown(request);
        return switch (kind) {
            case "Put" -> ItemWrites.put(found, attributes, condition, shown);
            case "Delete" -> ItemWrites.delete(found, attributes, condition, shown);
            case "Update" -> ItemWrites.update(found, attributes, plan, condition, shown);
            default -> ItemWrites.check(found, attributes, condition, shown);
        };
    }

    /// @param errors one for each of the writes; nothing for those that were not at fault
    private static AwsError cancelled(List<@Nullable AwsError> errors) {
        var reasons = new ArrayList<Map<String, Object>>();
        for (var error : errors) {
            var reason = new LinkedHashMap<String, Object>();
            reason.put("Code", code(error));
            if (error != null) {
                reason.put("Message", error.message());
                reason.putAll(error.members());
            }
            reasons.add(reason);
        }
        var codes = errors.stream().map(TransactionActions::code).collect(Collectors.joining(", ", "[", "]"));
        return new AwsError(
                        400,
                        "TransactionCanceledException",
                        "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes)
                .with("CancellationReasons", reasons);
    }

    private static String code(@Nullable AwsError error) {
        if (error == null) {
            return "None";
        }
        return switch (error.code()) {
            case "ConditionalCheckFailedException" -> "ConditionalCheckFailed";
            case "ValidationException" -> "ValidationError";
            default -> error.code();
        };
    }

    /// What is read of an item.
    private record Read(StoredTable table, RowKey key, RequestExpressions expressions) {}

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var reads = new ArrayList<Read>();
        var seen = new HashSet<List<Object>>();
        for (var item : input.objects("TransactItems")) {
            var read = read(item.object("Get"), input, call);
            if (!seen.add(List.of(read.table(), read.key()))) {
                throw DynamoDbErrors.validation("Transaction request cannot include multiple operations on one item");
            }
            reads.add(read);
        }
        var locked = reads.stream()
                .map(Read::table)
                .distinct()
                .sorted(Comparator.comparing(table -> table.definition().id()))
                .toList();
        var responses = new ArrayList<Map<String, Object>>();
        var consumed = new LinkedHashMap<StoredTable, ConsumedUnits>();
        locked.forEach(table -> table.lock().readLock().lock());
        try {
            for (var read : reads) {
                var item = read.table().get(read.key());
                consumed.computeIfAbsent(read.table(), table -> new ConsumedUnits(table.definition(), true))
                        .read(null, item == null ? 0 : item.size(), true);
                var projection = read.expressions().projection();
                responses.add(
                        item == null
                                ? Map.of()
                                : Map.of(
                                        "Item",
                                        Attribute.json(
                                                projection == null
                                                        ? item.attributes()
                                                        : projection.of(item.attributes()))));
            }
        } finally {
            locked.forEach(table -> table.lock().readLock().unlock());
        }
        var answer = new JsonAnswer();
        ConsumedUnits.answer(input, answer, List.copyOf(consumed.values()));
        return answer.put("Responses", responses).map();
    }

    private Read read(ApiInput request, ApiInput input, ApiCall call) {
        var name = tables.name(request);
        var table = tables.find(name);
        var key = AttributeReader.attributes(request.object("Key").members());
        var expressions = RequestExpressions.of(request, Set.of("ProjectionExpression"));
        expressions.projection();
        expressions.requireUse();
        call.require(
                GET,
                tables.arn(name),
                new ItemAccess(input)
                        .key(table, key)
                        .attributes(expressions.attributes())
                        .select(request.has("ProjectionExpression") ? "SPECIFIC_ATTRIBUTES" : "ALL_ATTRIBUTES")
                        .put("dynamodb:EnclosingOperation", "TransactGetItems")
                        .keys());
        var found = ItemActions.found(table);
        return new Read(found, ItemKeys.named(found.definition().keys(), key), expressions);
    }
}
