package dev.baton.task.parameter;

import dev.baton.task.Task;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map by tasks, in the order in which they came: tasks of one class with equal parameters are the same task,
/// whatever their own `equals` says. Of two that are the same the first remains as the key.
///
/// @param <V> what is known of a task
public final class TaskMap<V> extends AbstractMap<Task, V> {
    private final Map<TaskKey, Entry<Task, V>> entries = new LinkedHashMap<>();

    /// An empty map.
    public TaskMap() {}

    @Override
    public @Nullable V get(@Nullable Object task) {
        var entry = entry(task);
        return entry == null ? null : entry.getValue();
    }

    @Override
    public boolean containsKey(@Nullable Object task) {
        return entry(task) != null;
    }

    private @Nullable Entry<Task, V> entry(@Nullable Object task) {
        return task instanceof Record && task instanceof Task known ? entries.get(TaskKey.of(known)) : null;
    }

    /// @throws ClassCastException where the task is not a record
    @Override
    public @Nullable V put(Task task, V value) {
        var key = TaskKey.of(task);
        var entry = entries.get(key);
        if (entry != null) {
            return entry.setValue(value);
        }
        entries.put(key, new SimpleEntry<>(task, value));
        return null;
    }

    @Override
    public Set<Entry<Task, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<Task, V>> iterator() {
                return entries.values().iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }
}
