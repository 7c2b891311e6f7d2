package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request of a person or of a command to the start function, which else is told of uploads and times.
public sealed interface StartInvocation {
    /// The most runs that are asked for together.
    int MOST_RUNS = 1_000_000;

    /// Starts one run, whether it is complete or not.
    ///
    /// @param input names no versions: the run reads those that are there
    /// @param runs how many are asked for together, one after the other
    record Start(ExecutionInput input, int runs) implements StartInvocation {
        /// Asks for a single run.
        public Start(ExecutionInput input) {
            this(input, 1);
        }
    }

    /// Looks at what one run has made, and starts nothing.
    record See(ExecutionInput input) implements StartInvocation {}

    /// Starts every run for which everything is there, and which is not complete.
    record Sweep() implements StartInvocation {}

    /// Redrives an execution that failed, where its pipeline's policy says so and it is time.
    ///
    /// @param execution its ARN
    /// @param redrives how often it had been redriven when that was planned: else somebody was faster
    record Recover(String execution, int redrives) implements StartInvocation {}

    /// Something that is to be done with an execution that is there, where policies about people hold: else whoever
    /// wants it asks Step Functions.
    sealed interface OfExecution extends StartInvocation {
        /// The ARN of the execution.
        String execution();
    }

    /// Redrives an execution that failed.
    record Redrive(String execution) implements OfExecution {}

    /// Runs an execution again that has ended: redrives it, or starts its input once more where it cannot be, or where
    /// something is not there any more that it made.
    record Again(String execution) implements OfExecution {}

    /// Ends an execution that runs.
    ///
    /// @param cause why, for its history
    record Stop(String execution, String cause) implements OfExecution {}

    default Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (this) {
            case Start(var input, var runs) -> {
                json.put("start", input.toJson());
                if (runs != 1) {
                    json.put("runs", (long) runs);
                }
            }
            case See see -> json.put("see", see.input().toJson());
            case Sweep sweep -> json.put("sweep", true);
            case Recover(var execution, var redrives) -> {
                var asked = new LinkedHashMap<String, @Nullable Object>();
                asked.put("execution", execution);
                asked.put("redrives", (long) redrives);
                json.put("recover", asked);
            }
            case Redrive(var execution) -> json.put("redrive", execution);
            case Again(var execution) -> json.put("again", execution);
            case Stop(var execution, var cause) -> {
                var asked = new LinkedHashMap<String, @Nullable Object>();
                asked.put("execution", execution);
                asked.put("cause", cause);
                json.put("stop", asked);
            }
        }
        return json;
    }

    /// The request that an event of the start function is; null where it is another event.
    ///
    /// @throws InvalidInput when the run that it is about cannot be read
    static @Nullable StartInvocation find(Map<String, @Nullable Object> event) {
        if (event.keySet().equals(Set.of("start"))) {
            return new Start(ExecutionInput.of(event.get("start")));
        }
        if (event.keySet().equals(Set.of("start", "runs"))) {
            var runs = new StrictFields("the start function's event", event).integer("runs");
            if (runs < 1 || runs > MOST_RUNS) {
                throw new InvalidInput(
                        "\"runs\" of the start function's event must be from 1 to " + MOST_RUNS + ", but was " + runs);
            }
            return new Start(ExecutionInput.of(event.get("start")), (int) runs);
        }
        if (event.keySet().equals(Set.of("redrive")) && event.get("redrive") instanceof String execution) {
            return new Redrive(execution);
        }
        if (event.keySet().equals(Set.of("again")) && event.get("again") instanceof String execution) {
            return new Again(execution);
        }
        if (event.keySet().equals(Set.of("stop"))) {
            var fields = StrictFields.of("stop", event.get("stop"));
            return new Stop(fields.string("execution"), fields.string("cause"));
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
