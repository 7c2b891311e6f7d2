package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.ServiceTask;
import dev.baton.task.Task;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of targets that are items of a table: whose output may be one.
final class ItemTargets {
    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, Year.class);

    private ItemTargets() {}

    /// What is wrong with a task's target, null where nothing is.
    static @Nullable Diagnostic problem(DynamoDbTarget target, Task task) {
        if (task instanceof ExternalTask) {
            return finding(
                    "TSK100",
                    task,
                    "is external, and its output is the item " + target,
                    "nothing tells of an item that appears; let an upload be what it waits for: S3Target.at(…, this)");
        }
        if (task instanceof ExpandingTask) {
            return finding(
                    "TSK101",
                    task,
                    "expands, and its output is the item " + target,
                    "its output is the list of what its items made: S3Target.at(…, this); the items themselves may be"
                            + " items of a table");
        }
        if (task instanceof ServiceTask service && service.isWrittenByService()) {
            return finding(
                    "TSK102",
                    task,
                    "has its output written by a service, and that is the item " + target,
                    "let answered() write it with run.output().item(…), or make it an S3Target");
        }
        return target.sort()
                .filter(key -> key.isNumber() && !isNumber(key.template(), task.getClass()))
                .map(key -> finding(
                        "TSK103",
                        task,
                        "has the sort key " + key.name() + " as a number, of " + key.template(),
                        "name a component that is an int, a long or a Year, or say sortedBy(…) for a text"))
                .orElse(null);
    }

    /// What is wrong with several classes' items in one table.
    static List<Diagnostic> shared(Map<Class<?>, DynamoDbTarget> targets) {
        var findings = new ArrayList<Diagnostic>();
        var first = new HashMap<String, Class<?>>();
        targets.forEach((type, target) -> {
            var other = first.putIfAbsent(target.table(), type);
            var otherTarget = other == null ? target : Objects.requireNonNull(targets.get(other));
            if (!shape(otherTarget).equals(shape(target))) {
                findings.add(Diagnostic.error(
                        "TSK104",
                        Location.named(type.getSimpleName()),
                        type.getSimpleName() + " has items in the table " + target.table() + " with " + shape(target)
                                + ", and " + Objects.requireNonNull(other).getSimpleName() + " with "
                                + shape(otherTarget),
                        "a table has one key, and the documents of its items one bucket: say the same in both"));
            }
        });
        return findings;
    }

    private static String shape(DynamoDbTarget target) {
        return "the key " + target.partition().name()
                + target.sort()
                        .map(key -> " and " + key.name() + (key.isNumber() ? ", a number," : ""))
                        .orElse("")
                + " and documents in " + target.bucket();
    }

    private static boolean isNumber(String template, Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> template.equals("{" + component.getName() + "}"))
                .allMatch(component -> NUMBERS.contains(component.getType()));
    }

    private static Diagnostic finding(String code, Task task, String what, String remedy) {
        return Diagnostic.error(
                code,
                Location.named(task.getClass().getSimpleName()),
                task.getClass().getSimpleName() + " " + what,
                remedy);
    }
}
