package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Conditionals;
import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.TaskMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The answer of a task: what a task answered when asked what it requires.
///
/// @param all in the order of the answer
/// @param needed the same tasks once each, with whether they are needed; naming one twice means nothing
/// @param conditional the tasks, the keys, that other parameters may leave out
record TaskAnswer(List<Task> all, Map<Task, Boolean> needed, Map<Task, Boolean> conditional) {

    /// Asks a task, guarding against every answer that is none.
    ///
    /// @param report gets why there is no answer
    static Optional<TaskAnswer> requirements(Task task, Consumer<Diagnostic> report) {
        List<? extends Task> required;
        var noticed = new ArrayList<Task>(0);
        try {
            required = Conditionals.asking(noticed, task::requires);
        } catch (Throwable e) {
            report.accept(GraphFindings.failed(task, "requires()", e));
            return Optional.empty();
        }
        if (isNull(required) || required.stream().anyMatch(TaskAnswer::isNull)) {
            report.accept(GraphFindings.nothing(task, "requires()"));
            return Optional.empty();
        }
        var all = new ArrayList<Task>(required.size());
        var needed = new TaskMap<Boolean>();
        for (var one : required) {
            var inner = Unneeded.unwrap(one);
            if (!inner.getClass().isRecord()) {
                report.accept(GraphFindings.noRecord(task, inner));
                return Optional.empty();
            }
            all.add(inner);
            needed.merge(inner, !(one instanceof Unneeded), Boolean::logicalOr);
        }
        if (task instanceof ExternalTask && !needed.isEmpty()) {
            report.accept(GraphFindings.externalRequires(task, needed.keySet()));
            return Optional.empty();
        }
        var conditional = new TaskMap<Boolean>();
        noticed.stream().map(Unneeded::unwrap).filter(needed::containsKey).forEach(one -> conditional.put(one, true));
        needed.forEach((one, now) -> {
            if (!now) {
                conditional.put(one, true);
            }
        });
        return Optional.of(new TaskAnswer(all, needed, conditional));
    }

    /// What is required by nobody.
    static TaskAnswer nothing() {
        return new TaskAnswer(List.of(), new TaskMap<>(), new TaskMap<>());
    }

    /// Whether the same tasks were named, in whatever order.
    boolean sameAs(TaskAnswer other) {
        return needed.equals(other.needed);
    }

    /// The tasks by class, in the order of the answer.
    static Map<Class<?>, List<Task>> byClass(Iterable<Task> tasks) {
        var byClass = new LinkedHashMap<Class<?>, List<Task>>();
        for (var task : tasks) {
            byClass.computeIfAbsent(task.getClass(), type -> new ArrayList<>()).add(task);
        }
        return byClass;
    }

    /// What comes from an author may be null whatever its type says.
    static boolean isNull(@Nullable Object value) {
        return value == null;
    }
}
