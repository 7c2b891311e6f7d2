package dev.baton.graph;

import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.ParameterType;
import dev.baton.task.parameter.Parameters;
import java.time.DateTimeException;
import java.util.Optional;

/// A relation between parameters: how the value of a task's component follows from the root's parameters, as the
/// samples show it.
sealed interface ParameterRelation {

    /// The component's value for the root's values, if the relation tells it.
    ///
    /// @param type of the component
    /// @param root the root's parameters
    Optional<Object> value(ParameterType type, Parameters root, Object[] rootValues);

    /// Whether a component's value is what the relation says for the root's values.
    ///
    /// @param type of the component
    /// @param root the root's parameters
    default boolean fits(Object value, ParameterType type, Parameters root, Object[] rootValues) {
        return value(type, root, rootValues).filter(value::equals).isPresent();
    }

    /// The same for all parameters.
    record Constant(Object value) implements ParameterRelation {
        @Override
        public Optional<Object> value(ParameterType type, Parameters root, Object[] rootValues) {
            return Optional.of(value);
        }
    }

    /// A root parameter, or the calendar part that contains it, or where it begins, moved by a constant.
    ///
    /// @param root which root parameter, counted from 0
    /// @param by how many units of the component's own type; 0 for types that have none
    record Shift(int root, long by) implements ParameterRelation {
        @Override
        public Optional<Object> value(ParameterType type, Parameters root, Object[] rootValues) {
            try {
                return Optional.of(moved(type, root.get(this.root).type(), rootValues[this.root]));
            } catch (DateTimeException | ArithmeticException e) {
                // Beyond the calendar or the numbers there is no such task.
                return Optional.empty();
            }
        }

        private Object moved(ParameterType type, ParameterType rootType, Object value) {
            if (type instanceof CalendarType to && rootType instanceof CalendarType from) {
                return to.at(Math.addExact(to.convert(from, from.number(value)), by));
            }
            if (type instanceof ParameterType.Whole whole) {
                return whole.value(Math.addExact(((Number) value).longValue(), by));
            }
            return value;
        }
    }

    /// Something else.
    record Open() implements ParameterRelation {
        @Override
        public Optional<Object> value(ParameterType type, Parameters root, Object[] rootValues) {
            return Optional.empty();
        }

        @Override
        public boolean fits(Object value, ParameterType type, Parameters root, Object[] rootValues) {
            return true;
        }
    }
}
