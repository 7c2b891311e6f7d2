package dev.baton.asl;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A comparison operator of the language: how a choice rule compares. Each but the `Is…` ones and [#STRING_MATCHES] has
/// a variant whose field ends in `Path` and names where to find the operand; there the operand is an [Operand.AtPath].
public enum ComparisonOperator {
    STRING_EQUALS("StringEquals", Kind.STRING),
    STRING_LESS_THAN("StringLessThan", Kind.STRING),
    STRING_GREATER_THAN("StringGreaterThan", Kind.STRING),
    STRING_LESS_THAN_EQUALS("StringLessThanEquals", Kind.STRING),
    STRING_GREATER_THAN_EQUALS("StringGreaterThanEquals", Kind.STRING),
    STRING_MATCHES("StringMatches", Kind.PATTERN),
    NUMERIC_EQUALS("NumericEquals", Kind.NUMBER),
    NUMERIC_LESS_THAN("NumericLessThan", Kind.NUMBER),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Kind.NUMBER),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Kind.NUMBER),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Kind.NUMBER),
    BOOLEAN_EQUALS("BooleanEquals", Kind.BOOLEAN),
    TIMESTAMP_EQUALS("TimestampEquals", Kind.TIMESTAMP),
    TIMESTAMP_LESS_THAN("TimestampLessThan", Kind.TIMESTAMP),
    TIMESTAMP_GREATER_THAN("TimestampGreaterThan", Kind.TIMESTAMP),
    TIMESTAMP_LESS_THAN_EQUALS("TimestampLessThanEquals", Kind.TIMESTAMP),
    TIMESTAMP_GREATER_THAN_EQUALS("TimestampGreaterThanEquals", Kind.TIMESTAMP),
    IS_NULL("IsNull", Kind.TYPE_TEST),
    IS_PRESENT("IsPresent", Kind.TYPE_TEST),
    IS_NUMERIC("IsNumeric", Kind.TYPE_TEST),
    IS_STRING("IsString", Kind.TYPE_TEST),
    IS_BOOLEAN("IsBoolean", Kind.TYPE_TEST),
    IS_TIMESTAMP("IsTimestamp", Kind.TYPE_TEST);

    /// The kinds of values that an operator takes.
    public enum Kind {
        STRING,
        /// A string with `*` wildcards.
        PATTERN,
        NUMBER,
        BOOLEAN,
        TIMESTAMP,
        /// A boolean: what the test has to give.
        TYPE_TEST
    }

    private static final Map<String, ComparisonOperator> BY_FIELD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ComparisonOperator::field, Function.identity()));

    private final String field;
    private final Kind kind;

    ComparisonOperator(String field, Kind kind) {
        this.field = field;
        this.kind = kind;
    }

    /// The field of a choice rule that says this, such as `StringEquals`.
    public String field() {
        return field;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether there is a variant with `Path`.
    public boolean hasPathVariant() {
        return switch (kind) {
            case STRING, NUMBER, BOOLEAN, TIMESTAMP -> true;
            case PATTERN, TYPE_TEST -> false;
        };
    }

    /// The operator that a field names, itself or by its `Path` variant.
    public static Optional<ComparisonOperator> ofField(String field) {
        var exact = BY_FIELD.get(field);
        if (exact != null) {
            return Optional.of(exact);
        }
        if (!field.endsWith("Path")) {
            return Optional.empty();
        }
        return Optional.ofNullable(BY_FIELD.get(field.substring(0, field.length() - "Path".length())))
                .filter(ComparisonOperator::hasPathVariant);
    }
}
