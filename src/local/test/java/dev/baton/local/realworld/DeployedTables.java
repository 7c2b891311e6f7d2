package dev.baton.local.realworld;

import dev.baton.local.ApplicationEndpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/// The tables that definitions call, with the keys that they call them with.
final class DeployedTables implements AutoCloseable {
    private static final int KEYS = 2;

    private final DynamoDbClient dynamo;
    private final Map<String, String> made = new LinkedHashMap<>();

    DeployedTables(ApplicationEndpoint aws) {
        dynamo = aws.client(
                aws.aws().administrator().accessKeyId(),
                aws.aws().administrator().secretAccessKey(),
                DynamoDbClient.builder());
    }

    /// The tables of a definition by the names that it calls them by. Each definition has its own.
    Map<String, String> of(DefinitionSample sample) {
        var keys = new LinkedHashMap<String, Map<String, String>>();
        sample.tasks().values().forEach(task -> {
            var parameters = task.get("Parameters") instanceof Map<?, ?> given ? given : task.get("Arguments");
            if (parameters instanceof Map<?, ?> map && map.get("TableName") instanceof String table) {
                var ofTable = keys.computeIfAbsent(table, name -> new LinkedHashMap<>());
                if (map.get("Key") instanceof Map<?, ?> key) {
                    ofTable.clear();
                    key.forEach((name, value) -> ofTable.put(bare(name), type(value)));
                } else if (ofTable.isEmpty() && map.get("Item") instanceof Map<?, ?> item) {
                    item.entrySet().stream()
                            .filter(member -> member.getValue() != null)
                            .limit(1)
                            .forEach(member -> ofTable.put(bare(member.getKey()), type(member.getValue())));
                }
            }
        });
        var names = new LinkedHashMap<String, String>();
        keys.forEach((table, ofTable) -> names.put(table, table(sample.id() + " " + table, ofTable)));
        return names;
    }

    private static String bare(Object name) {
        return String.valueOf(name).replace(".$", "");
    }

    /// What a value is declared as: `S` of `{"S.$": "$.id"}`.
    private static String type(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.keySet().iterator().next() instanceof String name
                ? name.substring(0, 1)
                : "S";
    }

    private String table(String called, Map<String, String> keys) {
        return made.computeIfAbsent(called, key -> {
            var name = "table-" + made.size();
            var attributes = keys.isEmpty() ? Map.of("id", "S") : keys;
            var kinds = attributes.keySet().stream().limit(KEYS).toList();
            dynamo.createTable(r -> r.tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(kinds.stream()
                            .map(each -> AttributeDefinition.builder()
                                    .attributeName(each)
                                    .attributeType(attributes.get(each))
                                    .build())
                            .toList())
                    .keySchema(kinds.stream()
                            .map(each -> KeySchemaElement.builder()
                                    .attributeName(each)
                                    .keyType(each.equals(kinds.getFirst()) ? KeyType.HASH : KeyType.RANGE)
                                    .build())
                            .toList()));
            return name;
        });
    }

    @Override
    public void close() {
        dynamo.close();
    }
}
