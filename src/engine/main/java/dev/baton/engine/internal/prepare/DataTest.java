package dev.baton.engine.internal.prepare;

import dev.baton.asl.ComparisonOperator;
import dev.baton.asl.Condition;
import dev.baton.asl.Operand;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.JsonOrder;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.PathSource;
import dev.baton.engine.internal.query.Timestamps;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A comparison of what a path leads to. A value of another type than the operator's compares as unequal.
final class DataTest implements ChoiceCondition {
    private static final Pattern WRITTEN = Pattern.compile("[+-]?[0-9]{1,17}(\\.[0-9]{1,17})?([eE][+-]?[0-9]{1,3})?");

    private final PathSource variable;
    private final ComparisonOperator comparison;
    private final @Nullable Object given;
    private final @Nullable PathSource operandPath;
    /// A written timestamp or pattern, parsed once.
    private final @Nullable Object prepared;

    private DataTest(Condition.DataTest test) {
        this.variable = PathSource.parse(test.variable());
        this.comparison = test.comparison();
        this.operandPath = test.operand() instanceof Operand.AtPath<Object> at ? PathSource.parse(at.path()) : null;
        this.given = test.operand() instanceof Operand.Given<Object> written ? written.value() : null;
        this.prepared = operandPath != null
                ? null
                : switch (comparison.kind()) {
                    case TIMESTAMP -> instant(given);
                    case PATTERN -> new Wildcards(String.valueOf(given));
                    case STRING, NUMBER, BOOLEAN, TYPE_TEST -> null;
                };
    }

    static DataTest of(Condition.DataTest test) {
        return new DataTest(test);
    }

    @Override
    public boolean holds(FieldScope at) {
        var value = variable.find(at);
        if (comparison.kind() == ComparisonOperator.Kind.TYPE_TEST) {
            return typeTest(value) == Boolean.TRUE.equals(given);
        }
        if (value == MissingValue.MISSING) {
            throw invalid(variable);
        }
        return switch (comparison.kind()) {
            case STRING ->
                value instanceof String left && operand(at) instanceof String right && ordered(left.compareTo(right));
            case NUMBER -> value instanceof Number left && ordered(JsonOrder.compareNumbers(left, number(operand(at))));
            case BOOLEAN -> value instanceof Boolean left && left.equals(operand(at));
            case TIMESTAMP -> timestamps(value, at);
            case PATTERN ->
                value instanceof String text && prepared instanceof Wildcards wildcards && wildcards.match(text);
            case TYPE_TEST -> throw new IllegalStateException("a type test was decided before");
        };
    }

    private @Nullable Object operand(FieldScope at) {
        if (operandPath == null) {
            return given;
        }
        var value = operandPath.find(at);
        if (value == MissingValue.MISSING) {
            throw invalid(operandPath);
        }
        return value;
    }

    /// The number that the service takes a value for to which another path leads: a text's number, 1 for true, 0 for
    /// all else.
    private static Number number(@Nullable Object operand) {
        return switch (operand) {
            case Number number -> number;
            case Boolean bool -> bool ? 1L : 0L;
            case String text -> WRITTEN.matcher(text.strip()).matches() ? Double.valueOf(text.strip()) : (Number) 0L;
            case null -> 0L;
            default -> 0L;
        };
    }

    private static StateFailure invalid(PathSource path) {
        return StateFailure.runtime(
                "Invalid path '" + path.text() + "': The choice state's condition path references an invalid value.");
    }

    private boolean timestamps(@Nullable Object value, FieldScope at) {
        var left = instant(value);
        var right = operandPath == null ? (Instant) prepared : instant(operand(at));
        return left != null && right != null && ordered(left.compareTo(right));
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        return value instanceof String text ? Timestamps.parse(text) : null;
    }

    private boolean ordered(int order) {
        return switch (comparison) {
            case STRING_EQUALS, NUMERIC_EQUALS, TIMESTAMP_EQUALS -> order == 0;
            case STRING_LESS_THAN, NUMERIC_LESS_THAN, TIMESTAMP_LESS_THAN -> order < 0;
            case STRING_GREATER_THAN, NUMERIC_GREATER_THAN, TIMESTAMP_GREATER_THAN -> order > 0;
            case STRING_LESS_THAN_EQUALS, NUMERIC_LESS_THAN_EQUALS, TIMESTAMP_LESS_THAN_EQUALS -> order <= 0;
            case STRING_GREATER_THAN_EQUALS, NUMERIC_GREATER_THAN_EQUALS, TIMESTAMP_GREATER_THAN_EQUALS -> order >= 0;
            case STRING_MATCHES, BOOLEAN_EQUALS, IS_NULL, IS_PRESENT, IS_NUMERIC, IS_STRING, IS_BOOLEAN, IS_TIMESTAMP ->
                throw new IllegalStateException("no order: " + comparison);
        };
    }

    private boolean typeTest(@Nullable Object value) {
        if (value == MissingValue.MISSING && comparison != ComparisonOperator.IS_PRESENT) {
            throw invalid(variable);
        }
        return switch (comparison) {
            case IS_PRESENT -> value != MissingValue.MISSING;
            case IS_NULL -> value == null;
            case IS_NUMERIC -> value instanceof Number;
            case IS_STRING -> value instanceof String;
            case IS_BOOLEAN -> value instanceof Boolean;
            case IS_TIMESTAMP -> instant(value) != null;
            case STRING_EQUALS,
                    STRING_LESS_THAN,
                    STRING_GREATER_THAN,
                    STRING_LESS_THAN_EQUALS,
                    STRING_GREATER_THAN_EQUALS,
                    STRING_MATCHES,
                    NUMERIC_EQUALS,
                    NUMERIC_LESS_THAN,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_LESS_THAN_EQUALS,
                    NUMERIC_GREATER_THAN_EQUALS,
                    BOOLEAN_EQUALS,
                    TIMESTAMP_EQUALS,
                    TIMESTAMP_LESS_THAN,
                    TIMESTAMP_GREATER_THAN,
                    TIMESTAMP_LESS_THAN_EQUALS,
                    TIMESTAMP_GREATER_THAN_EQUALS -> throw new IllegalStateException("no type test: " + comparison);
        };
    }
}
