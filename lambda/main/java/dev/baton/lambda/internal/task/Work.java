package dev.baton.lambda.internal.task;

import dev.baton.task.InvalidInput;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.graph.GraphInstance;
import dev.baton.task.graph.TaskNode;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.run.CodeHash;
import dev.baton.task.run.RunReference;
import dev.baton.task.run.StateKeys;
import dev.baton.task.run.TaskInvocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one invocation asks for, in the words of the graph.
///
/// @param instance the whole graph for the run's parameters
/// @param node the task's place in it
/// @param task the task itself
/// @param parameters of the task, canonically printed
/// @param codeHash of the task's class and the project classes it reaches
/// @param externalInputs what it requires that somebody else completes
/// @param madeInputs what it requires of this pipeline, with the keys of their `done` objects
record Work(
        TaskInvocation invocation,
        GraphInstance instance,
        TaskNode node,
        Task task,
        Map<String, String> parameters,
        String codeHash,
        List<Task> externalInputs,
        Map<Task, String> madeInputs) {

    /// @throws InvalidInput when the graph has no such node
    static Work of(TaskInvocation invocation, GraphInstance instance) {
        var node = instance.graph()
                .node(invocation.node())
                .orElseThrow(() -> new InvalidInput("the pipeline " + invocation.run().pipeline() + " has no node \""
                        + invocation.node() + "\"; the state machine and its functions are of different versions"));
        var task = Unneeded.unwrap(instance.task(node));
        var external = new ArrayList<Task>();
        var made = new LinkedHashMap<Task, String>();
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
            }
        }
        return new Work(
                invocation,
                instance,
                node,
                task,
                Parameters.of(task.getClass()).print(task),
                CodeHash.of(node.taskClass()),
                List.copyOf(external),
                made);
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

    private static String done(RunReference run, TaskNode node) {
        return StateKeys.done(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters());
    }
}
