package dev.baton.local.iam.policy;

import java.util.List;
import java.util.Locale;

/// One key of a condition block: all such must hold for a statement to count.
///
/// @param key as the policy writes it
/// @param foldedKey in small letters, as [RequestContext] wants it
/// @param texts the values as the policy writes them
/// @param operands the same, ready to be compared
record ConditionKey(
        Quantifier quantifier,
        Operator operator,
        boolean ifExists,
        String key,
        String foldedKey,
        List<String> texts,
        List<ConditionValue> operands) {

    /// The quantifier of a comparison with several values.
    enum Quantifier {
        ONE(""),
        FOR_ALL("ForAllValues:"),
        FOR_ANY("ForAnyValue:");

        private final String prefix;

        Quantifier(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }
    }

    ConditionKey {
        texts = List.copyOf(texts);
        operands = List.copyOf(operands);
    }

    static ConditionKey of(
            Quantifier quantifier,
            Operator operator,
            boolean ifExists,
            String key,
            List<String> texts,
            List<ConditionValue> operands) {
        return new ConditionKey(quantifier, operator, ifExists, key, key.toLowerCase(Locale.ROOT), texts, operands);
    }

    boolean holds(RequestContext context) {
        var values = context.values(foldedKey);
        // For sets and for Null nothing but empty strings is nothing at all; for one value the empty string is one.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
        boolean nothing = values == null || values.stream().allMatch(String::isEmpty);
        if (operator == Operator.NULL) {
            return texts.stream().anyMatch(text -> Boolean.parseBoolean(text) == nothing);
        }
        if (values == null || values.isEmpty() || (nothing && quantifier != Quantifier.ONE)) {
            return ifExists
                    || switch (quantifier) {
                        case ONE -> operator.negated();
                        case FOR_ALL -> true;
                        case FOR_ANY -> false;
                    };
        }
        return switch (quantifier) {
            case FOR_ALL -> all(values, context);
            case FOR_ANY -> any(values, context);
            // AWS leaves open what a key with several values means here; a negation is then the opposite.
            case ONE -> operator.negated() ? all(values, context) : any(values, context);
        };
    }

    private boolean all(List<String> values, RequestContext context) {
        for (var value : values) {
            if (!accepts(value, context)) {
                return false;
            }
        }
        return true;
    }

    private boolean any(List<String> values, RequestContext context) {
        for (var value : values) {
            if (accepts(value, context)) {
                return true;
            }
        }
        return false;
    }

    private boolean accepts(String value, RequestContext context) {
        for (var operand : operands) {
            if (operand.fits(value, context)) {
                return !operator.negated();
            }
        }
        return operator.negated();
    }

    /// As people read it: `StringLike s3:prefix [orders/*]`.
    @Override
    public String toString() {
        return quantifier.prefix() + operator.word() + (ifExists ? "IfExists" : "") + " " + key + " " + texts;
    }
}
