package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a task's function returns, and what it leaves under `done`: a reference to the output, never data.
///
/// @param node the node's id in the graph
/// @param outcome how the task became complete
/// @param output the pinned output; missing only where the task was not needed
/// @param why the end of a sentence about the task: why it ran, or what is worth knowing though it did not; may be empty
public record TaskResult(String node, TaskOutcome outcome, Optional<PinnedObject> output, String why) {
    /// The answers of many tasks go through one state: a longer sentence is cut.
    private static final int LONGEST = 240;

    public TaskResult {
        why = why.length() > LONGEST ? why.substring(0, LONGEST - 1) + "…" : why;
        if (output.isPresent() == (outcome == TaskOutcome.UNNEEDED)) {
            throw new InvalidInput("the result of " + node + " is " + outcome + " and "
                    + (output.isPresent() ? "has" : "has no") + " output");
        }
    }

    public static TaskResult ran(String node, PinnedObject output, String why) {
        return new TaskResult(node, TaskOutcome.RAN, Optional.of(output), why);
    }

    public static TaskResult skipped(String node, PinnedObject output, String why) {
        return new TaskResult(node, TaskOutcome.SKIPPED, Optional.of(output), why);
    }

    public static TaskResult unneeded(String node) {
        return new TaskResult(node, TaskOutcome.UNNEEDED, Optional.empty(), "");
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("node", node);
        json.put("outcome", outcome.name());
        output.ifPresent(object -> json.put("output", object.toJson()));
        if (!why.isEmpty()) {
            json.put("why", why);
        }
        return json;
    }

    /// @throws InvalidInput when this is not what a task's function returns
    public static TaskResult of(@Nullable Object json) {
        var fields = StrictFields.of("the task's result", json);
        return new TaskResult(
                fields.string("node"),
                outcome(fields.string("outcome")),
                fields.maybeObject("output").map(PinnedObject::of),
                fields.maybeString("why").orElse(""));
    }

    /// [#of] the text.
    public static TaskResult parse(byte[] utf8) {
        return of(StrictFields.parse("the task's result", utf8).values());
    }

    private static TaskOutcome outcome(String name) {
        return Arrays.stream(TaskOutcome.values())
                .filter(outcome -> outcome.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("\"outcome\" of the task's result must be one of "
                        + Arrays.toString(TaskOutcome.values()) + ", but was \"" + name + "\""));
    }
}
