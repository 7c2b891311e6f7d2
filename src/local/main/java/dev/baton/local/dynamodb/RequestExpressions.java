package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.expression.ConditionReader;
import dev.baton.local.dynamodb.expression.ItemCondition;
import dev.baton.local.dynamodb.expression.ItemProjection;
import dev.baton.local.dynamodb.expression.Placeholders;
import dev.baton.local.dynamodb.expression.UpdatePlan;
import dev.baton.local.dynamodb.expression.UpdateReader;
import dev.baton.local.service.ApiInput;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The expressions of a request, or of one item in it, and the attributes that they name.
final class RequestExpressions {
    private final ApiInput input;
    private final Placeholders placeholders;
    private final Set<String> attributes = new LinkedHashSet<>();

    private RequestExpressions(ApiInput input, Placeholders placeholders) {
        this.input = input;
        this.placeholders = placeholders;
    }

    /// @param members the request's members that are expressions and may refer to names
    /// @param withValues those of them that may refer to values
    static RequestExpressions of(ApiInput input, Set<String> members, String... withValues) {
        var names = input.objectIf("ExpressionAttributeNames");
        if (names != null && members.stream().noneMatch(input::has)) {
            throw DynamoDbErrors.validation("ExpressionAttributeNames can only be specified when using expressions");
        }
        var values = input.objectIf("ExpressionAttributeValues");
        if (values != null && Stream.of(withValues).noneMatch(input::has)) {
            throw DynamoDbErrors.validation("ExpressionAttributeValues can only be specified when using expressions: "
                    + String.join(" and ", withValues) + " is null");
        }
        return new RequestExpressions(
                input,
                Placeholders.of(names == null ? null : names.members(), values == null ? null : values.members()));
    }

    /// A condition or a filter; nothing where the request has none.
    @Nullable
    ItemCondition condition(String member) {
        var text = input.text(member);
        if (text == null) {
            return null;
        }
        var condition = ConditionReader.read(member, text, placeholders);
        attributes.addAll(condition.attributes());
        return condition;
    }

    UpdatePlan update() {
        var text = input.text("UpdateExpression");
        if (text == null) {
            return UpdatePlan.NONE;
        }
        var plan = UpdateReader.read(text, placeholders);
        attributes.addAll(plan.attributes());
        return plan;
    }

    @Nullable
    ItemProjection projection() {
        var text = input.text("ProjectionExpression");
        if (text == null) {
            return null;
        }
        var projection = ItemProjection.read(text, placeholders);
        attributes.addAll(projection.attributes());
        return projection;
    }

    /// All were read: refuses placeholders that none of them has.
    void requireUse() {
        placeholders.requireUse();
    }

    /// The attributes that the expressions name.
    Set<String> attributes() {
        return attributes;
    }
}
