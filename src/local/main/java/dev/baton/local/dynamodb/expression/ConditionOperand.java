package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value that a condition compares: what a path leads to, a value of the request, or the size of something.
public sealed interface ConditionOperand {

    record AtPath(DocumentPath path) implements ConditionOperand {}

    record Given(Attribute value) implements ConditionOperand {}

    record SizeOf(ConditionOperand operand) implements ConditionOperand {}

    /// Nothing where the item has no such thing.
    default @Nullable Attribute in(Map<String, Attribute> item) {
        return switch (this) {
            case AtPath at -> at.path().in(item);
            case Given given -> given.value();
            case SizeOf size -> size(size.operand().in(item));
        };
    }

    private static @Nullable Attribute size(@Nullable Attribute of) {
        int size = switch (of) {
            case Attribute.S text -> text.value().length();
            case Attribute.B bytes -> bytes.value().length;
            case Attribute.L list -> list.values().size();
            case Attribute.M map -> map.values().size();
            case Attribute.SetOf set -> set.values().size();
            case null, default -> -1;
        };
        return size < 0
                ? null
                : new Attribute.N(size == 0 ? BigDecimal.ZERO : new BigDecimal(size).stripTrailingZeros());
    }
}
