package dev.baton.asl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The condition of a choice rule: what decides whether a choice rule is taken. A comment belongs to a condition inside
/// another one; that of the outermost is the rule's.
public sealed interface Condition {

    /// Holds when all of its conditions hold.
    record And(List<Condition> conditions, @Nullable String comment) implements Condition {
        public And {
            conditions = List.copyOf(conditions);
        }

        public And(List<Condition> conditions) {
            this(conditions, null);
        }
    }

    /// Holds when one of its conditions holds.
    record Or(List<Condition> conditions, @Nullable String comment) implements Condition {
        public Or {
            conditions = List.copyOf(conditions);
        }

        public Or(List<Condition> conditions) {
            this(conditions, null);
        }
    }

    /// Holds when its condition does not.
    record Not(Condition condition, @Nullable String comment) implements Condition {
        public Not(Condition condition) {
            this(condition, null);
        }
    }

    /// Compares what a path leads to (JSONPath).
    ///
    /// @param variable the path as written in `Variable`
    /// @param operand a JSON value of the operator's type, or the path of the operator's `…Path` variant
    record DataTest(
            String variable,
            ComparisonOperator comparison,
            Operand<Object> operand,
            @Nullable String comment) implements Condition {
        public DataTest(String variable, ComparisonOperator comparison, Operand<Object> operand) {
            this(variable, comparison, operand, null);
        }
    }

    /// `Condition` of JSONata: an expression that has to be a boolean.
    ///
    /// @param text as written, with its `{%` and `%}`
    record Expression(String text) implements Condition {}

    /// `Condition` of JSONata: a boolean as it stands.
    record Constant(boolean value) implements Condition {}
}
