package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.ItemCondition;
import dev.baton.local.dynamodb.expression.ItemProjection;
import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.service.ApiInput;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a query or a scan answers of the items that it finds: those that the filter holds for, and of them all, a part,
/// or their number alone.
///
/// @param index nothing for the table itself
record ItemSelection(
        @Nullable SecondaryIndex index,
        @Nullable ItemCondition filter,
        @Nullable ItemProjection projection,
        String select) {

    /// @throws dev.baton.local.http.AwsError `ValidationException` where the request contradicts itself
    static ItemSelection of(
            ApiInput input,
            TableDefinition table,
            @Nullable SecondaryIndex index,
            @Nullable ItemCondition filter,
            @Nullable ItemProjection projection) {
        var selection = new ItemSelection(index, filter, projection, select(input));
        selection.check(input.has("IndexName"));
        if (index != null && index.global()) {
            selection.checkGlobal(table, index);
            if (input.flag("ConsistentRead")) {
                throw DynamoDbErrors.validation("Consistent reads are not supported on global secondary indexes");
            }
        }
        return selection;
    }

    /// What is answered where the request does not say.
    static String select(ApiInput input) {
        return input.text(
                "Select",
                input.has("ProjectionExpression")
                        ? "SPECIFIC_ATTRIBUTES"
                        : input.has("IndexName") ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES");
    }

    private void check(boolean ofIndex) {
        if (projection == null && select.equals("SPECIFIC_ATTRIBUTES")) {
            throw DynamoDbErrors.validation(
                    "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                            + " SPECIFIC_ATTRIBUTES");
        }
        if (projection != null && !select.equals("SPECIFIC_ATTRIBUTES")) {
            throw DynamoDbErrors.validation("Cannot specify the ProjectionExpression when choosing to get "
                    + (select.equals("COUNT") ? "only the Count" : select));
        }
        if (!ofIndex && select.equals("ALL_PROJECTED_ATTRIBUTES")) {
            throw DynamoDbErrors.validation(
                    "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
    }

    private void checkGlobal(TableDefinition table, SecondaryIndex global) {
        if (select.equals("ALL_ATTRIBUTES") && !global.hasAll()) {
            throw DynamoDbErrors.invalid("Select type ALL_ATTRIBUTES is not supported for global secondary index "
                    + global.name() + " because its projection type is not ALL");
        }
        var wanted = projection == null ? Set.<String>of() : projection.attributes();
        var missing =
                wanted.stream().filter(name -> !global.has(name, table.keys())).toList();
        if (!missing.isEmpty()) {
            throw DynamoDbErrors.invalid("Global secondary index " + global.name() + " does not project " + missing);
        }
    }

    boolean isCount() {
        return select.equals("COUNT");
    }

    /// What is read of an item, and counted.
    Map<String, Attribute> read(StoredItem item, TableDefinition table) {
        // A local index gets from the table what it does not have.
        return index == null || !index.global() && !select.equals("ALL_PROJECTED_ATTRIBUTES") && !isCount()
                ? item.attributes()
                : index.projected(item.attributes(), table.keys());
    }

    boolean holds(Map<String, Attribute> item) {
        return filter == null || filter.holds(item);
    }

    Map<String, Attribute> shown(Map<String, Attribute> item) {
        return projection == null ? item : projection.of(item);
    }
}
