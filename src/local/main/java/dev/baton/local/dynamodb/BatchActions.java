package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeReader;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations on many items, each of which stands for itself.
///
/// See [BatchGetItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html).
final class BatchActions {
    private static final int MOST_READ = 100;
    private static final int MOST_WRITTEN = 25;
    private static final int LARGEST_ANSWER = 16 << 20;

    private final TableAccess tables;
    private final ItemWriter writer;

    BatchActions(TableAccess tables, ItemWriter writer) {
        this.tables = tables;
        this.writer = writer;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("BatchGetItem", this::get), ApiOperation.changing("BatchWriteItem", this::write));
    }

    /// What is read of one table.
    private record Reads(
            String given,
            StoredTable table,
            List<Map<String, Attribute>> keys,
            ApiInput input,
            RequestExpressions expressions) {}

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var all = new ArrayList<Reads>();
        int count = 0;
        for (var request : input.object("RequestItems").members().entrySet()) {
            var reads = reads(String.valueOf(request.getKey()), ApiInput.of(request.getValue()), input, call);
            all.add(reads);
            count += reads.keys().size();
        }
        if (count > MOST_READ) {
            throw DynamoDbErrors.validation("Too many items requested for the BatchGetItem call");
        }
        var responses = new LinkedHashMap<String, @Nullable Object>();
        var rest = new LinkedHashMap<String, @Nullable Object>();
        var consumed = new ArrayList<ConsumedUnits>();
        long[] room = {LARGEST_ANSWER};
        for (var reads : all) {
            consumed.add(read(reads, room, responses, rest));
        }
        var answer = new JsonAnswer().put("Responses", responses).put("UnprocessedKeys", rest);
        ConsumedUnits.answer(input, answer, consumed);
        return answer.map();
    }

    private Reads reads(String given, ApiInput request, ApiInput input, ApiCall call) {
        if (request.has("AttributesToGet")) {
            throw new AwsError(
                    501, "NotImplemented", "The embedded AWS does not honour AttributesToGet of BatchGetItem.");
        }
        var name = tables.name(given);
        var table = tables.find(name);
        var keys = request.objects("Keys").stream()
                .map(key -> AttributeReader.attributes(key.members()))
                .toList();
        var expressions = RequestExpressions.of(request, Set.of("ProjectionExpression"));
        expressions.projection();
        expressions.requireUse();
        var access = new ItemAccess(input)
                .attributes(expressions.attributes())
                .select(request.has("ProjectionExpression") ? "SPECIFIC_ATTRIBUTES" : "ALL_ATTRIBUTES");
        keys.forEach(key -> access.key(table, key));
        call.require(tables.arn(name), access.keys());
        return new Reads(given, ItemActions.found(table), keys, request, expressions);
    }

    private static ConsumedUnits read(
            Reads reads, long[] room, Map<String, @Nullable Object> responses, Map<String, @Nullable Object> rest) {
        var table = reads.table();
        var definition = table.definition();
        var named = new ArrayList<RowKey>();
        reads.keys().forEach(key -> named.add(ItemKeys.named(definition.keys(), key)));
        if (new HashSet<>(named).size() < named.size()) {
            throw DynamoDbErrors.validation("Provided list of item keys contains duplicates");
        }
        var projection = reads.expressions().projection();
        var found = new ArrayList<Map<String, Object>>();
        var left = new ArrayList<Map<String, Object>>();
        var consumed = new ConsumedUnits(definition, false);
        var reading = table.lock().readLock();
        reading.lock();
        try {
            for (int i = 0; i < named.size(); i++) {
                var item = table.get(named.get(i));
                if (room[0] <= 0) {
                    left.add(Attribute.json(reads.keys().get(i)));
                    continue;
                }
                consumed.read(
                        null, item == null ? 0 : item.size(), reads.input().flag("ConsistentRead"));
                if (item != null) {
                    room[0] -= item.size();
                    found.add(
                            Attribute.json(projection == null ? item.attributes() : projection.of(item.attributes())));
                }
            }
        } finally {
            reading.unlock();
        }
        responses.put(reads.given(), found);
        if (!left.isEmpty()) {
            var again =
                    new LinkedHashMap<String, @Nullable Object>(reads.input().json());
            again.put("Keys", left);
            rest.put(reads.given(), again);
        }
        return consumed;
    }

    private Map<String, @Nullable Object> write(ApiInput input, ApiCall call) {
        var writes = new ArrayList<ItemWrite>();
        var seen = new HashSet<List<Object>>();
        for (var request : input.object("RequestItems").members().entrySet()) {
            var list = request.getValue() instanceof List<?> some ? some : List.of();
            if (writes.size() + list.size() > MOST_WRITTEN) {
                throw DynamoDbErrors.validation("Too many items requested for the BatchWriteItem call");
            }
            for (var write : writes(String.valueOf(request.getKey()), list, input, call)) {
                if (!seen.add(List.of(write.table(), write.key()))) {
                    throw DynamoDbErrors.validation("Provided list of item keys contains duplicates");
                }
                writes.add(write);
            }
        }
        var consumed = new LinkedHashMap<StoredTable, ConsumedUnits>();
        var results = writer.each(writes);
        for (int i = 0; i < writes.size(); i++) {
            consumed.computeIfAbsent(writes.get(i).table(), table -> new ConsumedUnits(table.definition(), false))
                    .written(results.get(i));
        }
        var answer = new JsonAnswer().put("UnprocessedItems", Map.of());
        ConsumedUnits.answer(input, answer, List.copyOf(consumed.values()));
        return answer.map();
    }

    private List<ItemWrite> writes(String given, List<?> requests, ApiInput input, ApiCall call) {
        var name = tables.name(given);
        var table = tables.find(name);
        var access = new ItemAccess(input);
        var items = new ArrayList<Map<String, Attribute>>();
        for (var request : requests) {
            var write = ApiInput.of(request);
            if (write.has("PutRequest") == write.has("DeleteRequest")) {
                throw DynamoDbErrors.validation(
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
                                + " supported datatypes");
            }
            var item = AttributeReader.attributes(
                    write.has("PutRequest")
                            ? write.object("PutRequest").object("Item").members()
                            : write.object("DeleteRequest").object("Key").members());
            access.key(table, item);
            items.add(item);
        }
        call.require(tables.arn(name), access.keys());
        var found = ItemActions.found(table);
        var writes = new ArrayList<ItemWrite>();
        for (int i = 0; i < items.size(); i++) {
            boolean put = ApiInput.of(requests.get(i)).has("PutRequest");
            writes.add(
                    put
                            ? ItemWrites.put(found, items.get(i), null, false)
                            : ItemWrites.delete(found, items.get(i), null, false));
        }
        return writes;
    }
}
