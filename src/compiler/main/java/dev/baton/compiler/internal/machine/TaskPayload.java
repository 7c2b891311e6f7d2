package dev.baton.compiler.internal.machine;

import dev.baton.run.TaskInvocation.Part;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The payload of a task's state: a [dev.baton.run.TaskInvocation].
final class TaskPayload {
    private TaskPayload() {}

    /// @param node how the states name the node
    static SequencedMap<String, @Nullable Object> of(Object node, StateScope scope, Part part) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("node", node);
        payload.put("run", scope.run());
        payload.put("execution", "{% $states.context.Execution.Id %}");
        payload.put("attempt", "{% $states.context.State.RetryCount %}");
        if (part != Part.TASK) {
            payload.put("part", part.name());
        }
        scope.item().ifPresent(item -> payload.put("item", item));
        return payload;
    }
}
