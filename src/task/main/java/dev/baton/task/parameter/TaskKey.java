package dev.baton.task.parameter;

import dev.baton.task.Task;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A task's class and parameters, which is what makes two tasks the same.
///
/// A record's own `equals` says no more, but it can be overridden, and the JVM makes it when it is first called: some
/// fifteen milliseconds of every cold start.
public final class TaskKey {
    private final Class<?> type;
    private final Object[] values;
    private final int hash;

    /// @param values of the record's components, not changed by anybody
    public TaskKey(Class<?> type, Object[] values) {
        this.type = type;
        this.values = values;
        this.hash = 31 * type.hashCode() + Arrays.hashCode(values);
    }

    /// The key of a task.
    public static TaskKey of(Task task) {
        return new TaskKey(task.getClass(), Parameters.of(task.getClass()).values(task));
    }

    /// Whether two tasks are the same.
    public static boolean same(Task one, Task other) {
        return of(one).equals(of(other));
    }

    /// The class of the task.
    public Class<?> type() {
        return type;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskKey key && type == key.type && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
