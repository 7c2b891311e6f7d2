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

    default Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (this) {
            case Start start -> json.put("start", start.input().toJson());
            case See see -> json.put("see", see.input().toJson());
            case Sweep sweep -> json.put("sweep", true);
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
        return event.keySet().equals(Set.of("sweep")) && Boolean.TRUE.equals(event.get("sweep")) ? new Sweep() : null;
    }
}
