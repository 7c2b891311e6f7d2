package dev.baton.lambda.plan;

import dev.baton.run.CompletionRecord;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import java.util.Optional;

/// A task of a run, and what is in store for it.
///
/// @param node the id of the node
/// @param task the task itself
/// @param outlook what would become of it
/// @param record of how it was made the last time
public record PlannedTask(String node, Task task, Outlook outlook, Optional<CompletionRecord> record) {

    /// The way in which sentences name a task: its class and its parameters, `Tables seattle 2012`.
    public static String name(Task task) {
        var values = Parameters.of(task.getClass()).print(task).values();
        return task.getClass().getSimpleName() + (values.isEmpty() ? "" : " " + String.join(" ", values));
    }

    /// The outlook as a sentence.
    public String sentence() {
        return outlook.about(name(task));
    }
}
