package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.ComparisonSign;
import dev.baton.local.dynamodb.expression.ConditionOperand;
import dev.baton.local.dynamodb.expression.ItemCondition;
import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reader of the range that a query looks in, from its `KeyConditionExpression`: the partition key is equal to a
/// value, and the sort key may be compared with one.
///
/// See [key
/// conditions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html).
final class KeyConditionReader {
    private static final String INVALID = "Invalid KeyConditionExpression: ";

    private final KeySchema keys;
    private final Map<String, ItemCondition> byAttribute = new LinkedHashMap<>();

    private KeyConditionReader(KeySchema keys) {
        this.keys = keys;
    }

    /// @throws AwsError `ValidationException`
    static KeyRange read(KeySchema keys, ItemCondition condition) {
        var reader = new KeyConditionReader(keys);
        reader.collect(condition);
        return reader.range();
    }

    private void collect(ItemCondition condition) {
        switch (condition) {
            case ItemCondition.Both both -> {
                collect(both.left());
                collect(both.right());
            }
            case ItemCondition.Either either -> throw operator("OR");
            case ItemCondition.Not not -> throw operator("NOT");
            case ItemCondition.In in -> throw operator("IN");
            case ItemCondition.Exists exists ->
                throw operator(exists.there() ? "attribute_exists" : "attribute_not_exists");
            case ItemCondition.HasType has -> throw operator("attribute_type");
            case ItemCondition.Contains contains -> throw operator("contains");
            case ItemCondition.Compared compared when compared.sign() == ComparisonSign.UNEQUAL -> throw operator("<>");
            case ItemCondition.Compared compared ->
                add(compared.left() instanceof ConditionOperand.AtPath ? compared.left() : compared.right(), compared);
            case ItemCondition.Between between -> add(between.operand(), between);
            case ItemCondition.BeginsWith begins -> add(begins.operand(), begins);
        }
    }

    private static AwsError operator(String operator) {
        return DynamoDbErrors.validation(INVALID + "Invalid operator used in KeyConditionExpression: " + operator);
    }

    private void add(ConditionOperand operand, ItemCondition condition) {
        if (!(operand instanceof ConditionOperand.AtPath at)) {
            throw DynamoDbErrors.validation(
                    operand instanceof ConditionOperand.SizeOf
                            ? INVALID + "Invalid operator used in KeyConditionExpression: size"
                            : INVALID + "KeyConditionExpressions must contain a key attribute");
        }
        if (!at.path().isWhole()) {
            throw DynamoDbErrors.validation(
                    INVALID + "KeyConditionExpressions cannot have conditions on nested attributes");
        }
        if (byAttribute.put(at.path().attribute(), condition) != null) {
            throw DynamoDbErrors.validation(
                    INVALID + "KeyConditionExpressions must only contain one condition per key");
        }
    }

    private KeyRange range() {
        if (byAttribute.size() > 2) {
            throw DynamoDbErrors.validation("Conditions can be of length 1 or 2 only");
        }
        var partition = byAttribute.remove(keys.partition().name());
        if (partition == null) {
            throw missed(keys.partition().name());
        }
        if (!(partition instanceof ItemCondition.Compared compared) || compared.sign() != ComparisonSign.EQUAL) {
            throw DynamoDbErrors.validation("Query key condition not supported");
        }
        var whole = KeyRange.all(value(keys.partition(), compared.left(), compared.right()));
        if (byAttribute.isEmpty()) {
            return whole;
        }
        var sort = keys.sort();
        var condition = sort == null ? null : byAttribute.get(sort.name());
        if (sort == null || condition == null) {
            throw missed(sort == null ? keys.partition().name() : sort.name());
        }
        return range(whole, sort, condition);
    }

    private static AwsError missed(String name) {
        return DynamoDbErrors.validation("Query condition missed key schema element: " + name);
    }

    private static KeyRange range(KeyRange whole, KeySchema.Part sort, ItemCondition condition) {
        return switch (condition) {
            case ItemCondition.Compared compared -> {
                var value = value(sort, compared.left(), compared.right());
                // `:v < key` is `key > :v`.
                boolean turned = compared.left() instanceof ConditionOperand.Given;
                yield switch (compared.sign()) {
                    case EQUAL -> whole.from(value, true).to(value, true);
                    case LESS -> turned ? whole.from(value, false) : whole.to(value, false);
                    case AT_MOST -> turned ? whole.from(value, true) : whole.to(value, true);
                    case GREATER -> turned ? whole.to(value, false) : whole.from(value, false);
                    case AT_LEAST -> turned ? whole.to(value, true) : whole.from(value, true);
                    case UNEQUAL -> throw operator("<>");
                };
            }
            case ItemCondition.Between between ->
                whole.from(value(sort, between.low()), true).to(value(sort, between.high()), true);
            case ItemCondition.BeginsWith begins -> whole.beginningWith(value(sort, begins.prefix()));
            default -> throw new IllegalStateException("refused before");
        };
    }

    private static Attribute value(KeySchema.Part part, ConditionOperand... operands) {
        var given = new ArrayList<Attribute>();
        for (var operand : operands) {
            if (operand instanceof ConditionOperand.Given value) {
                given.add(value.value());
            }
        }
        return value(part, given);
    }

    private static Attribute value(KeySchema.Part part, List<Attribute> given) {
        @Nullable Attribute value = given.isEmpty() ? null : given.getFirst();
        if (value == null) {
            throw DynamoDbErrors.validation(
                    INVALID + "KeyConditionExpressions must compare a key attribute with a value");
        }
        if (value.type() != part.type()) {
            throw DynamoDbErrors.invalid("Condition parameter type does not match schema type");
        }
        var empty = ItemKeys.emptiness(value);
        if (empty != null) {
            throw DynamoDbErrors.validation("One or more parameter values are not valid. The AttributeValue for a key"
                    + " attribute cannot contain an empty " + empty + " value. Key: " + part.name());
        }
        return value;
    }
}
