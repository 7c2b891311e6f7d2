package dev.baton.graph;

import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.ParameterType;
import dev.baton.task.parameter.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds and applies relations between the components of tasks and the parameters of the root.
final class ParameterRelations {
    private final Parameters root;

    ParameterRelations(Class<?> root) {
        this.root = Parameters.of(root);
    }

    Parameters root() {
        return root;
    }

    /// The relation of each component of a task.
    ///
    /// @param roots the values of the sample roots' components
    /// @param tasks the values of the task's components, for each sample
    List<ParameterRelation> of(Class<?> taskClass, List<Object[]> roots, List<Object[]> tasks) {
        var parameters = Parameters.of(taskClass);
        var relations = new ArrayList<ParameterRelation>(parameters.count());
        for (var component = 0; component < parameters.count(); component++) {
            relations.add(of(parameters.get(component).type(), component, roots, tasks));
        }
        return List.copyOf(relations);
    }

    private ParameterRelation of(ParameterType type, int component, List<Object[]> roots, List<Object[]> tasks) {
        var first = tasks.getFirst()[component];
        if (tasks.stream().allMatch(task -> task[component].equals(first))) {
            return new ParameterRelation.Constant(first);
        }
        ParameterRelation found = new ParameterRelation.Open();
        for (var parameter = 0; parameter < root.count(); parameter++) {
            var same = root.get(parameter).type().javaType() == type.javaType();
            if (!(found instanceof ParameterRelation.Open) && !same) {
                continue;
            }
            var by = constantShift(type, component, parameter, roots, tasks);
            if (by.isPresent()) {
                found = new ParameterRelation.Shift(parameter, by.getAsLong());
                if (same) {
                    return found;
                }
            }
        }
        return found;
    }

    private OptionalLong constantShift(
            ParameterType type, int component, int parameter, List<Object[]> roots, List<Object[]> tasks) {
        var first = shift(type, tasks.getFirst()[component], parameter, roots.getFirst()[parameter]);
        for (var sample = 1; first.isPresent() && sample < tasks.size(); sample++) {
            var other = shift(type, tasks.get(sample)[component], parameter, roots.get(sample)[parameter]);
            if (!first.equals(other)) {
                return OptionalLong.empty();
            }
        }
        return first;
    }

    /// How far a value is from a root parameter's, if their types are related.
    OptionalLong shift(ParameterType type, Object value, int parameter, Object rootValue) {
        var rootType = root.get(parameter).type();
        if (type instanceof CalendarType to && rootType instanceof CalendarType from) {
            return OptionalLong.of(to.number(value) - to.convert(from, from.number(rootValue)));
        }
        if (type instanceof ParameterType.Whole && rootType instanceof ParameterType.Whole) {
            return OptionalLong.of(((Number) value).longValue() - ((Number) rootValue).longValue());
        }
        return value.equals(rootValue) ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /// The values of a task's components for the root's values, if their relations tell all of them.
    Optional<Object[]> expected(List<ParameterRelation> relations, Parameters parameters, Object[] rootValues) {
        var values = new Object[relations.size()];
        for (var i = 0; i < values.length; i++) {
            var value = relations.get(i).value(parameters.get(i).type(), root, rootValues);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value.get();
        }
        return Optional.of(values);
    }

    /// Whether all components of a task are what their relations say.
    boolean fits(List<ParameterRelation> relations, Parameters parameters, Object task, Object[] rootValues) {
        for (var i = 0; i < relations.size(); i++) {
            if (!relations
                    .get(i)
                    .fits(parameters.value(task, i), parameters.get(i).type(), root, rootValues)) {
                return false;
            }
        }
        return true;
    }

    static long open(List<ParameterRelation> relations) {
        return relations.stream()
                .filter(ParameterRelation.Open.class::isInstance)
                .count();
    }
}
