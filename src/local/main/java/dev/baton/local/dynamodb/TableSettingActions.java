package dev.baton.local.dynamodb;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations on what can be said of a table after it was made: its indexes, its billing, when items expire, tags.
///
/// See [UpdateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html).
final class TableSettingActions {
    private final TableAccess tables;
    private final TableDescription description;

    TableSettingActions(TableAccess tables) {
        this.tables = tables;
        this.description = new TableDescription(tables);
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("DescribeTimeToLive", this::expiry),
                ApiOperation.reading("ListTagsOfResource", this::tags),
                ApiOperation.changing("TagResource", this::tag),
                ApiOperation.changing("UntagResource", this::untag),
                ApiOperation.changing("UpdateTable", this::update),
                ApiOperation.changing("UpdateTimeToLive", this::setExpiry));
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

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var table = required(input, call);
        var definition = table.definition();
        var changes = input.objects("GlobalSecondaryIndexUpdates");
        if (input.has("BillingMode") || input.has("ProvisionedThroughput")) {
            definition = billing(input, definition);
        }
        if (input.has("DeletionProtectionEnabled")) {
            definition = definition.withProtection(input.flag("DeletionProtectionEnabled"));
        }
        for (var change : changes) {
            definition = indexed(input, change, definition);
        }
        if (definition == table.definition()) {
            throw DynamoDbErrors.invalid("Nothing is to be changed by this UpdateTable of " + definition.name());
        }
        tables.store().define(table, definition);
        return JsonAnswer.of("TableDescription", description.of(table));
    }

    private static TableDefinition billing(ApiInput input, TableDefinition table) {
        boolean onDemand =
                input.has("BillingMode") ? input.text("BillingMode", "").equals("PAY_PER_REQUEST") : table.onDemand();
        var given = input.objectIf("ProvisionedThroughput");
        if (onDemand == (given != null)) {
            throw DynamoDbErrors.invalid(
                    onDemand
                            ? "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                                    + " PAY_PER_REQUEST"
                            : "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
                                    + " PROVISIONED");
        }
        return table.withBilling(onDemand, given == null ? Throughput.NONE : TableRequest.throughput(given));
    }

    private static TableDefinition indexed(ApiInput input, ApiInput change, TableDefinition table) {
        var indexes = new ArrayList<>(table.indexes());
        var attributes = new LinkedHashMap<>(table.attributes());
        if (change.has("Create")) {
            attributes.putAll(TableRequest.attributes(input));
            var created = TableRequest.index(change.object("Create"), attributes, table.onDemand());
            if (table.index(created.name()) != null) {
                throw DynamoDbErrors.invalid("Duplicate index name: " + created.name());
            }
            indexes.add(created);
        } else if (change.has("Delete")) {
            var name = change.object("Delete").require("IndexName");
            if (!indexes.removeIf(index -> index.global() && index.name().equals(name))) {
                throw new AwsError(
                        400,
                        "ResourceNotFoundException",
                        "Requested resource not found: Index: " + name + " not found");
            }
            attributes
                    .keySet()
                    .removeIf(attribute -> !table.keys().names().contains(attribute)
                            && indexes.stream()
                                    .noneMatch(index -> index.keys().names().contains(attribute)));
        } else {
            var wanted = change.object("Update");
            var name = wanted.require("IndexName");
            indexes.replaceAll(index -> index.name().equals(name)
                    ? index.with(TableRequest.throughput(wanted.object("ProvisionedThroughput")))
                    : index);
        }
        var changed = table.withIndexes(attributes, indexes);
        TableRequest.check(changed);
        return changed;
    }

    private Map<String, @Nullable Object> expiry(ApiInput input, ApiCall call) {
        var attribute = required(input, call).definition().expiry();
        return JsonAnswer.of(
                "TimeToLiveDescription",
                new JsonAnswer()
                        .putIf("AttributeName", attribute)
                        .put("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED")
                        .map());
    }

    private Map<String, @Nullable Object> setExpiry(ApiInput input, ApiCall call) {
        var table = required(input, call);
        var wanted = input.object("TimeToLiveSpecification");
        var name = wanted.require("AttributeName");
        var now = table.definition().expiry();
        if (wanted.flag("Enabled")) {
            if (now != null) {
                throw DynamoDbErrors.validation(
                        now.equals(name)
                                ? "TimeToLive is already enabled"
                                : "TimeToLive is active on a different AttributeName: current AttributeName is " + now);
            }
        } else if (now == null) {
            throw DynamoDbErrors.validation("TimeToLive is already disabled");
        } else if (!now.equals(name)) {
            throw DynamoDbErrors.validation(
                    "TimeToLive is active on a different AttributeName: current AttributeName is " + now);
        }
        tables.store().define(table, table.definition().withExpiry(wanted.flag("Enabled") ? name : null));
        return JsonAnswer.of("TimeToLiveSpecification", wanted.json());
    }

    /// A table that tags are about, by its ARN.
    private StoredTable tagged(ApiInput input, ApiCall call, RequestContext keys) {
        var arn = input.require("ResourceArn");
        call.require(arn, keys);
        var table = arn.contains(":table/") ? tables.find(tables.name(arn)) : null;
        if (table == null) {
            throw DynamoDbErrors.noResource(arn);
        }
        return table;
    }

    private Map<String, @Nullable Object> tags(ApiInput input, ApiCall call) {
        var tags = new ArrayList<Map<String, String>>();
        tagged(input, call, RequestContext.EMPTY)
                .definition()
                .tags()
                .forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
        return JsonAnswer.of("Tags", tags);
    }

    private Map<String, @Nullable Object> tag(ApiInput input, ApiCall call) {
        var given = input.pairs("Tags", "Key", "Value");
        var table =
                tagged(input, call, RequestContext.builder().requestTags(given).build());
        var tags = new LinkedHashMap<>(table.definition().tags());
        tags.putAll(given);
        tables.store().define(table, table.definition().withTags(tags));
        return Map.of();
    }

    private Map<String, @Nullable Object> untag(ApiInput input, ApiCall call) {
        var keys = input.texts("TagKeys");
        var table = tagged(
                input, call, RequestContext.builder().put("aws:TagKeys", keys).build());
        var tags = new LinkedHashMap<>(table.definition().tags());
        tags.keySet().removeAll(keys);
        tables.store().define(table, table.definition().withTags(tags));
        return Map.of();
    }
}
