package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a state tells the function that runs its task. Its size does not grow with the graph: the pinned inputs are
/// in S3.
///
/// @param node the node's id in the graph
/// @param run the run that the first state pinned
/// @param executionId the ARN of the execution that invokes, a child's where there are children
/// @param attempt counted from 0
/// @param part which part of the node's work is meant
/// @param item the parameters, canonically printed, of the item that is meant, if the node expands and one is
/// @param answer what the service answered that did the node's work; only where it is to be recorded
/// @param results the key of the manifest that the Map over the items wrote; only where they are to be closed
public record TaskInvocation(
        String node,
        RunReference run,
        String executionId,
        int attempt,
        Part part,
        Optional<Map<String, String>> item,
        Optional<String> results,
        Optional<Map<String, @Nullable Object>> answer) {

    /// What an invocation is to do for its node.
    public enum Part {
        /// All of it: the node's task.
        TASK,
        /// Find the items of an expanding task and write their [ItemList]; answered by an [ExpandedItems].
        EXPAND,
        /// One item; its function is that of the items' class. Answered by an [ItemResult].
        ITEM,
        /// Complete the expanding task when its items are: write the [ItemManifest] and the task's own output.
        CLOSE,
        /// Say whether the work of the node or of one item is due (`{"due": true}`), before a container is started for
        /// it. What need not run is complete then, and there is an answer as if a container had found it so.
        LOOK,
        /// Tell what the container answered that did the work, a [ContainerAnswer].
        ANSWER,
        /// Say whether the node's work is due, and if it is, what the service is to be called with (`{"due": true,
        /// "call": {…}}`). What need not run is complete then.
        PREPARE,
        /// Complete the node from what the service answered.
        RECORD
    }

    public TaskInvocation {
        item = item.map(parameters -> Collections.unmodifiableMap(new TreeMap<>(parameters)));
        if (part == Part.ITEM && item.isEmpty()) {
            throw new InvalidInput("the task function's event must have \"item\" where \"part\" is ITEM");
        }
    }

    /// Without what a service answered.
    public TaskInvocation(
            String node,
            RunReference run,
            String executionId,
            int attempt,
            Part part,
            Optional<Map<String, String>> item,
            Optional<String> results) {
        this(node, run, executionId, attempt, part, item, results, Optional.empty());
    }

    /// The node's whole work.
    public TaskInvocation(String node, RunReference run, String executionId, int attempt) {
        this(node, run, executionId, attempt, Part.TASK, Optional.empty(), Optional.empty());
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("node", node);
        json.put("run", run.toJson());
        json.put("execution", executionId);
        json.put("attempt", (long) attempt);
        if (part != Part.TASK) {
            json.put("part", part.name());
        }
        item.ifPresent(parameters -> json.put("item", new LinkedHashMap<String, @Nullable Object>(parameters)));
        results.ifPresent(key -> json.put("results", key));
        answer.ifPresent(value -> json.put("answer", value));
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what a task's state sends
    public static TaskInvocation parse(byte[] utf8) {
        var fields = StrictFields.parse("the task function's event", utf8);
        return new TaskInvocation(
                fields.string("node"),
                RunReference.of(fields.object("run")),
                fields.string("execution"),
                Math.toIntExact(fields.integer("attempt")),
                fields.maybeString("part").map(TaskInvocation::part).orElse(Part.TASK),
                fields.has("item") ? Optional.of(fields.strings("item")) : Optional.empty(),
                fields.maybeString("results"),
                fields.has("answer") ? Optional.of(fields.object("answer").values()) : Optional.empty());
    }

    private static Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("\"part\" of the task function's event must be one of "
                        + Arrays.toString(Part.values()) + ", but was \"" + name + "\""));
    }
}
