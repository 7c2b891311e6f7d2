package dev.baton.lambda.generated;

import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The way back from external tasks to roots, by having tried out all roots that there are: what an author says with
/// `startedBy`.
///
/// @param <R> the root's class
public final class Inverse<R extends Record & Task> {
    private final List<R> all;
    private final Map<Task, List<R>> roots = new HashMap<>();

    /// @param all the roots that there are
    public Inverse(List<R> all) {
        this.all = List.copyOf(all);
    }

    /// The roots that require a task, needed or not.
    public synchronized List<R> roots(ExternalTask external) {
        if (roots.isEmpty()) {
            all.forEach(this::tryOut);
        }
        return roots.getOrDefault(external, List.of());
    }

    private void tryOut(R root) {
        var met = new HashSet<Task>();
        var open = new ArrayDeque<Task>(List.of(root));
        while (!open.isEmpty()) {
            var task = Unneeded.unwrap(open.poll());
            if (met.add(task)) {
                if (task instanceof ExternalTask) {
                    roots.computeIfAbsent(task, external -> new ArrayList<>()).add(root);
                } else {
                    open.addAll(task.requires());
                }
            }
        }
    }
}
