package dev.baton.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request of a person or of a command to the start function, which else is told of uploads and times.
public sealed interface StartInvocation {

    /// Starts one run, whether it is complete or not.
    ///
    /// @param input names no versions: the run reads those that are there
    record Start(ExecutionInput input) implements StartInvocation {}

    /// Looks at what one run has made, and starts nothing.
    record See(ExecutionInput input) implements StartInvocation {}

    /// Starts every run for which everything is there, and which is not complete.
    record Sweep() implements StartInvocation {}

    /// Redrives an execution that failed, where its pipeline's policy says so and it is time.
    ///
    /// @param execution its ARN
    /// @param redrives how often it had been redriven when that was planned: else somebody was faster
    record Recover(String execution, int redrives) implements StartInvocation {}

    default Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (this) {
            case Start start -> json.put("start", start.input().toJson());
            case See see -> json.put("see", see.input().toJson());
            case Sweep sweep -> json.put("sweep", true);
            case Recover(var execution, var redrives) -> {
                var asked = new LinkedHashMap<String, @Nullable Object>();
                asked.put("execution", execution);
                asked.put("redrives", (long) redrives);
                json.put("recover", asked);
            }
        }
        return json;
    }

    /// The request that an event of the start function is; null where it is another event.
    ///
    /// @throws dev.baton.task.InvalidInput when the run that it is about cannot be read
    static @Nullable StartInvocation find(Map<String, @Nullable Object> event) {
        if (event.keySet().equals(Set.of("start"))) {
            return new Start(ExecutionInput.of(event.get("start")));
        }
        if (event.keySet().equals(Set.of("see"))) {
            return new See(ExecutionInput.of(event.get("see")));
        }
        if (event.keySet().equals(Set.of("recover"))) {
            var fields = StrictFields.of("recover", event.get("recover"));
            return new Recover(fields.string("execution"), (int) fields.integer("redrives"));
        }
        return event.keySet().equals(Set.of("sweep")) && Boolean.TRUE.equals(event.get("sweep")) ? new Sweep() : null;
    }
}
