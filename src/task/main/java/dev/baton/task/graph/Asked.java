package dev.baton.task.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks tasks what they require and guards against every answer that is none.
final class Asked {

    private Asked() {}

    /// What a task requires, each with whether it is needed; naming one twice means nothing.
    ///
    /// @param report gets why there is no answer
    static Optional<Map<Task, Boolean>> requirements(Task task, Consumer<Diagnostic> report) {
        List<? extends Task> required;
        try {
            required = task.requires();
        } catch (RuntimeException | StackOverflowError e) {
            report.accept(Findings.failed(task, "requires()", e));
            return Optional.empty();
        }
        // What comes from an author may be null whatever its type says.
        if (isNull(required) || required.stream().anyMatch(Asked::isNull)) {
            report.accept(Findings.nothing(task, "requires()"));
            return Optional.empty();
        }
        var needed = new LinkedHashMap<Task, Boolean>();
        for (var one : required) {
            var inner = Unneeded.unwrap(one);
            if (!inner.getClass().isRecord()) {
                report.accept(Findings.noRecord(task, inner));
                return Optional.empty();
            }
            needed.merge(inner, inner == one, Boolean::logicalOr);
        }
        if (task instanceof ExternalTask && !needed.isEmpty()) {
            report.accept(Findings.externalRequires(task, needed.keySet()));
            return Optional.empty();
        }
        return Optional.of(needed);
    }

    /// The same tasks, in whatever order.
    static boolean same(Map<Task, Boolean> one, Map<Task, Boolean> other) {
        return one.equals(other);
    }

    /// The tasks by class, in the order of the answer.
    static Map<Class<?>, List<Task>> byClass(Map<Task, Boolean> required) {
        var byClass = new LinkedHashMap<Class<?>, List<Task>>();
        for (var task : required.keySet()) {
            byClass.computeIfAbsent(task.getClass(), type -> new ArrayList<>()).add(task);
        }
        return byClass;
    }

    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }
}
