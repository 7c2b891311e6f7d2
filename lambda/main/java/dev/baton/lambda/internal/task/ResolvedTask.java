package dev.baton.lambda.internal.task;

import dev.baton.graph.ForcedTasks;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.ItemNodes;
import dev.baton.graph.TaskNode;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskInvocation;
import dev.baton.run.code.CodeHash;
import dev.baton.task.InvalidInput;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The task that one invocation asks for, in the words of the graph.
///
/// @param instance the whole graph for the run's parameters
/// @param node the task's place in it
/// @param task the task itself
/// @param parameters of the task, canonically printed
/// @param codeHash of the task's class and the project classes it reaches
/// @param externalInputs what it requires that somebody else completes
/// @param madeInputs what it requires of this pipeline, with the keys of their `done` objects
/// @param expandedInputs those of them that expand, with the keys of what their items made
/// @param forcedBy who wants it to run, be it fresh or not; null where nobody does
record ResolvedTask(
        TaskInvocation invocation,
        GraphInstance instance,
        TaskNode node,
        Task task,
        Map<String, String> parameters,
        String codeHash,
        List<Task> externalInputs,
        Map<Task, String> madeInputs,
        Map<Task, String> expandedInputs,
        @Nullable String forcedBy) {

    /// @param code the hash of the code of the function's tasks; null where it has to be found out, which takes a
    ///     while
    /// @throws InvalidInput when the graph has no such node
    static ResolvedTask of(TaskInvocation invocation, GraphInstance instance, @Nullable String code) {
        var node = instance.graph()
                .node(invocation.node())
                .orElseThrow(() -> new InvalidInput(
                        "the pipeline " + invocation.run().pipeline() + " has no node \"" + invocation.node()
                                + "\"; the state machine and its functions are of different versions"));
        var task = task(invocation, instance, node);
        var external = new ArrayList<Task>();
        var made = new TaskMap<String>();
        var expanded = new TaskMap<String>();
        for (var required : task.requires()) {
            if (required instanceof Unneeded) {
                continue;
            }
            var place = instance.node(required)
                    .orElseThrow(() -> new IllegalStateException(required + " has no place in the graph"));
            if (place.external()) {
                external.add(required);
            } else {
                made.put(required, done(invocation.run(), place));
                if (place.items().isPresent()) {
                    expanded.put(required, itemsMade(invocation.run(), place));
                }
            }
        }
        return new ResolvedTask(
                invocation,
                instance,
                node,
                task,
                Parameters.of(task.getClass()).print(task),
                code == null ? CodeHash.of(task.getClass()) : code,
                List.copyOf(external),
                made,
                expanded,
                forcedBy(invocation, instance, node));
    }

    private static @Nullable String forcedBy(TaskInvocation invocation, GraphInstance instance, TaskNode node) {
        var force = invocation.run().force().orElse(null);
        if (force == null) {
            return null;
        }
        var forced = ForcedTasks.of(instance.graph(), force);
        var isForced = invocation.item().isPresent() ? forced.containsItems(node) : forced.contains(node);
        return isForced ? force.by() : null;
    }

    /// The node's own task, or the item of it that is meant.
    private static Task task(TaskInvocation invocation, GraphInstance instance, TaskNode node) {
        var task = Unneeded.unwrap(instance.task(node));
        return switch (invocation.part()) {
            case TASK, PREPARE, RECORD -> task;
            case EXPAND, CLOSE -> {
                items(invocation, node);
                yield task;
            }
            case ITEM, LOOK, ANSWER ->
                invocation
                        .item()
                        .map(parameters -> items(invocation, node).item(parameters))
                        .orElse(task);
        };
    }

    private static ItemNodes items(TaskInvocation invocation, TaskNode node) {
        return node.items()
                .orElseThrow(() -> new InvalidInput("\"" + node.id() + "\" does not expand, so it has no part "
                        + invocation.part() + "; the state machine and its functions are of different versions"));
    }

    /// The tasks into which the node expands.
    ///
    /// @throws InvalidInput when it does not expand
    ItemNodes items() {
        return items(invocation, node);
    }

    /// Whether it is one of the tasks into which a node expanded.
    boolean isItem() {
        return invocation.item().isPresent();
    }

    /// The prefix of everything about the node's items in this run but its end, `.json`, `/…` or `.made.json`.
    String itemsKeys() {
        var key = itemsKey();
        return key.substring(0, key.length() - ".json".length());
    }

    /// The key of the list of items.
    String itemsKey() {
        return StateKeys.items(run().pipeline(), run().run(), node.taskClass(), node.id(), run().parameters());
    }

    /// The prefix under which the Map writes what became of the items, with the final `/`.
    String itemResults() {
        return StateKeys.itemResults(run().pipeline(), run().run(), node.taskClass(), node.id(), run().parameters());
    }

    /// The key of the manifest of what the items made.
    String itemsMade() {
        return itemsMade(run(), node);
    }

    RunReference run() {
        return invocation.run();
    }

    String doneKey() {
        return done(run(), node);
    }

    String completionKey() {
        return StateKeys.completion(task.getClass(), parameters);
    }

    String claimKey() {
        return StateKeys.claim(task.getClass(), parameters);
    }

    private static String itemsMade(RunReference run, TaskNode node) {
        return StateKeys.itemsMade(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters());
    }

    private static String done(RunReference run, TaskNode node) {
        return StateKeys.done(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters());
    }
}
