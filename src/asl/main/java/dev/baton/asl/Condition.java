package dev.baton.asl;

import java.util.List;

/// What decides whether a choice rule is taken.
public sealed interface Condition {

    /// Holds when all of its conditions hold.
    record And(List<Condition> conditions) implements Condition {
        public And {
            conditions = List.copyOf(conditions);
        }
    }

    /// Holds when one of its conditions holds.
    record Or(List<Condition> conditions) implements Condition {
        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    /// Holds when its condition does not.
    record Not(Condition condition) implements Condition {}

    /// Compares what a path leads to (JSONPath).
    ///
    /// @param variable the path as written in `Variable`
    /// @param operand a JSON value of the operator's type, or the path of the operator's `…Path` variant
    record DataTest(String variable, Comparison comparison, Operand<Object> operand) implements Condition {}

    /// `Condition` of JSONata: an expression that has to be a boolean.
    ///
    /// @param text as written, with its `{%` and `%}`
    record Expression(String text) implements Condition {}

    /// `Condition` of JSONata: a boolean as it stands.
    record Constant(boolean value) implements Condition {}
}
