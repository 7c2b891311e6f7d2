package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.ItemErrors;
import dev.baton.local.dynamodb.item.NumberText;
import dev.baton.local.http.AwsError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;

/// A value that an update sets something to.
sealed interface UpdateOperand {

    record AtPath(DocumentPath path) implements UpdateOperand {}

    record Given(Attribute value) implements UpdateOperand {}

    record IfNotExists(DocumentPath path, UpdateOperand otherwise) implements UpdateOperand {}

    record ListAppend(UpdateOperand first, UpdateOperand second) implements UpdateOperand {}

    record Sum(UpdateOperand left, UpdateOperand right) implements UpdateOperand {}

    record Difference(UpdateOperand left, UpdateOperand right) implements UpdateOperand {}

    /// @param item as it was before the update
    /// @throws AwsError `ValidationException` where there is no such value
    default Attribute in(Map<String, Attribute> item) {
        return switch (this) {
            case AtPath at -> {
                var found = at.path().in(item);
                if (found == null) {
                    throw ItemErrors.validation(
                            "The provided expression refers to an attribute that does not exist in the item");
                }
                yield found;
            }
            case Given given -> given.value();
            case IfNotExists or -> {
                var found = or.path().in(item);
                yield found == null ? or.otherwise().in(item) : found;
            }
            case ListAppend append -> {
                if (append.first().in(item) instanceof Attribute.L first
                        && append.second().in(item) instanceof Attribute.L second) {
                    var values = new ArrayList<>(first.values());
                    values.addAll(second.values());
                    yield new Attribute.L(values);
                }
                throw wrongType();
            }
            case Sum sum ->
                NumberText.of(number(sum.left().in(item)).add(number(sum.right().in(item))));
            case Difference difference ->
                NumberText.of(number(difference.left().in(item))
                        .subtract(number(difference.right().in(item))));
        };
    }

    private static BigDecimal number(Attribute value) {
        if (value instanceof Attribute.N number) {
            return number.value();
        }
        throw wrongType();
    }

    static AwsError wrongType() {
        return ItemErrors.validation("An operand in the update expression has an incorrect data type");
    }
}
