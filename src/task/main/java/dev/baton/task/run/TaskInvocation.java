package dev.baton.task.run;

import dev.baton.task.internal.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a state tells the function that runs its task. Its size does not grow with the graph: the pinned inputs are in
/// S3.
///
/// @param node the node's id in the graph
/// @param run the run that the first state pinned
/// @param executionId the ARN of the execution that invokes, a child's where there are children
/// @param attempt counted from 0
public record TaskInvocation(String node, RunReference run, String executionId, int attempt) {

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("node", node);
        json.put("run", run.toJson());
        json.put("execution", executionId);
        json.put("attempt", (long) attempt);
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what a task's state sends
    public static TaskInvocation parse(byte[] utf8) {
        var fields = Fields.parse("the task function's event", utf8);
        return new TaskInvocation(
                fields.string("node"),
                RunReference.of(fields.object("run")),
                fields.string("execution"),
                Math.toIntExact(fields.integer("attempt")));
    }
}
