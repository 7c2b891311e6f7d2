package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeOrder;
import org.jspecify.annotations.Nullable;

/// The signs that compare two values.
public enum ComparisonSign {
    EQUAL("="),
    UNEQUAL("<>"),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    ComparisonSign(String sign) {
        this.sign = sign;
    }

    static @Nullable ComparisonSign of(ExpressionToken token) {
        for (var each : values()) {
            if (token.is(each.sign)) {
                return each;
            }
        }
        return null;
    }

    /// Whether it asks for an order of its operands.
    public boolean isOrder() {
        return this != EQUAL && this != UNEQUAL;
    }

    /// What is absent, or of another type, is unequal, and neither less nor greater.
    boolean holds(@Nullable Attribute left, @Nullable Attribute right) {
        if (left == null || right == null) {
            return this == UNEQUAL;
        }
        if (!isOrder()) {
            return left.equals(right) == (this == EQUAL);
        }
        if (left.type() != right.type() || !AttributeOrder.has(left.type())) {
            return false;
        }
        int order = AttributeOrder.ORDER.compare(left, right);
        return switch (this) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
            case EQUAL, UNEQUAL -> throw new IllegalStateException("decided above");
        };
    }

    @Override
    public String toString() {
        return sign;
    }
}
