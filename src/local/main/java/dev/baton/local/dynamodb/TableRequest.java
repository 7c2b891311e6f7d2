package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.AttributeType;
import dev.baton.local.service.ApiInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The request for a table as it was sent: what it shall be like, or the refusal of what no table can be.
final class TableRequest {
    private static final int MOST_LOCAL = 5;
    private static final int MOST_GLOBAL = 20;

    private final Map<String, AttributeType> attributes;
    private final boolean onDemand;

    private TableRequest(Map<String, AttributeType> attributes, boolean onDemand) {
        this.attributes = attributes;
        this.onDemand = onDemand;
    }

    /// @throws dev.baton.local.http.AwsError `ValidationException`
    static TableDefinition definition(String name, ApiInput input, Instant now) {
        var request = new TableRequest(
                attributes(input), input.text("BillingMode", "PROVISIONED").equals("PAY_PER_REQUEST"));
        var keys = request.keys(input);
        var indexes = new ArrayList<SecondaryIndex>();
        for (var index : input.objects("LocalSecondaryIndexes")) {
            indexes.add(request.local(keys, index));
        }
        for (var index : input.objects("GlobalSecondaryIndexes")) {
            indexes.add(request.global(index));
        }
        var definition = new TableDefinition(
                name,
                UUID.randomUUID().toString(),
                now,
                keys,
                request.attributes,
                indexes,
                request.onDemand,
                request.units(input, "the table"),
                input.flag("DeletionProtectionEnabled"),
                null,
                input.pairs("Tags", "Key", "Value"));
        check(definition);
        return definition;
    }

    static Map<String, AttributeType> attributes(ApiInput input) {
        var attributes = new LinkedHashMap<String, AttributeType>();
        for (var attribute : input.objects("AttributeDefinitions")) {
            attributes.put(
                    attribute.require("AttributeName"), AttributeType.valueOf(attribute.require("AttributeType")));
        }
        return attributes;
    }

    /// One more global index of a table.
    static SecondaryIndex index(ApiInput index, Map<String, AttributeType> attributes, boolean onDemand) {
        return new TableRequest(attributes, onDemand).global(index);
    }

    /// What is wrong with the whole, though its parts are right.
    static void check(TableDefinition table) {
        var used = new LinkedHashSet<>(table.keys().names());
        var names = new HashSet<String>();
        for (var index : table.indexes()) {
            used.addAll(index.keys().names());
            if (!names.add(index.name())) {
                throw DynamoDbErrors.invalid("Duplicate index name: " + index.name());
            }
        }
        if (used.size() < table.attributes().size()) {
            throw DynamoDbErrors.invalid(
                    table.indexes().isEmpty()
                            ? "Number of attributes in KeySchema does not exactly match number of attributes defined in"
                                    + " AttributeDefinitions"
                            : "Some AttributeDefinitions are not used. AttributeDefinitions: "
                                    + List.copyOf(table.attributes().keySet()) + ", keys used: " + List.copyOf(used));
        }
        limit(table, false, MOST_LOCAL, "LocalSecondaryIndex");
        limit(table, true, MOST_GLOBAL, "GlobalSecondaryIndex");
    }

    private static void limit(TableDefinition table, boolean global, int most, String what) {
        if (table.indexes().stream().filter(index -> index.global() == global).count() > most) {
            throw DynamoDbErrors.invalid(what + " count exceeds the per-table limit of " + most);
        }
    }

    private KeySchema keys(ApiInput input) {
        var schema = input.objects("KeySchema");
        if (schema.isEmpty() || schema.size() > 2) {
            throw DynamoDbErrors.invalid(
                    "1 or 2 elements are required in the KeySchema, but there were " + schema.size());
        }
        if (!schema.getFirst().text("KeyType", "").equals("HASH")) {
            throw DynamoDbErrors.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (schema.size() == 2 && !schema.get(1).text("KeyType", "").equals("RANGE")) {
            throw DynamoDbErrors.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        var names =
                schema.stream().map(element -> element.require("AttributeName")).toList();
        if (Set.copyOf(names).size() < names.size()) {
            throw DynamoDbErrors.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        var parts = new ArrayList<KeySchema.Part>();
        for (var name : names) {
            var type = attributes.get(name);
            if (type == null) {
                throw DynamoDbErrors.invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: "
                        + names + ", AttributeDefinitions: " + List.copyOf(attributes.keySet()));
            }
            parts.add(new KeySchema.Part(name, type));
        }
        return new KeySchema(parts.getFirst(), parts.size() == 1 ? null : parts.getLast());
    }

    private SecondaryIndex local(KeySchema table, ApiInput input) {
        var name = input.require("IndexName");
        if (table.sort() == null) {
            throw DynamoDbErrors.invalid(
                    "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        }
        var keys = keys(input);
        if (keys.sort() == null) {
            throw DynamoDbErrors.invalid("Index KeySchema does not have a range key for index: " + name);
        }
        if (!keys.partition().equals(table.partition())) {
            throw DynamoDbErrors.invalid(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for"
                            + " index: " + name + ". index hash key: "
                            + keys.partition().name() + ", table hash key: "
                            + table.partition().name());
        }
        return index(name, false, keys, input, Throughput.NONE);
    }

    private SecondaryIndex global(ApiInput input) {
        var name = input.require("IndexName");
        return index(name, true, keys(input), input, units(input, "index: " + name));
    }

    private SecondaryIndex index(String name, boolean global, KeySchema keys, ApiInput input, Throughput units) {
        var given = input.object("Projection");
        var type = given.text("ProjectionType");
        if (type == null) {
            throw DynamoDbErrors.invalid("Unknown ProjectionType: null");
        }
        var included = given.texts("NonKeyAttributes");
        if (type.equals("INCLUDE") == included.isEmpty()) {
            throw DynamoDbErrors.invalid("ProjectionType is " + type + ", but NonKeyAttributes is "
                    + (included.isEmpty() ? "not " : "") + "specified");
        }
        return new SecondaryIndex(name, global, keys, type, new LinkedHashSet<>(included), units);
    }

    private Throughput units(ApiInput input, String of) {
        var given = input.objectIf("ProvisionedThroughput");
        if (onDemand) {
            if (given != null) {
                throw DynamoDbErrors.invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                        + " BillingMode is PAY_PER_REQUEST");
            }
            return Throughput.NONE;
        }
        if (given == null) {
            throw DynamoDbErrors.invalid(
                    of.startsWith("index")
                            ? "ProvisionedThroughput must be specified for " + of
                            : "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
                                    + " PROVISIONED");
        }
        return throughput(given);
    }

    static Throughput throughput(ApiInput given) {
        return new Throughput(given.integer("ReadCapacityUnits", 0), given.integer("WriteCapacityUnits", 0));
    }
}
