package dev.baton.graph;

import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import java.util.Comparator;
import java.util.List;

/// An order of tasks of one class by their parameters' values, the same in every JVM.
final class TaskOrder {
    private TaskOrder() {}

    /// The tasks, all of one class, in that order.
    static List<Task> sorted(List<Task> tasks) {
        if (tasks.size() < 2) {
            return tasks;
        }
        var parameters = Parameters.of(tasks.getFirst().getClass());
        Comparator<Task> order = Comparator.comparingInt(task -> 0);
        for (var i = 0; i < parameters.count(); i++) {
            var component = i;
            order = order.thenComparing(task -> parameters.value(task, component), TaskOrder::compare);
        }
        return tasks.stream().sorted(order).toList();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object one, Object other) {
        return one instanceof Comparable comparable ? comparable.compareTo(other) : 0;
    }
}
