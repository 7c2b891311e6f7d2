package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The wish that tasks of a run run also where they are fresh.
///
/// @param tasks each the name of a class or the id of a node, with a final `+` where what follows it is meant too; or
///     [#ALL]
/// @param by who wishes it, as a sentence names them
public record Force(List<String> tasks, String by) {
    /// Every task.
    public static final String ALL = "all";

    private static final String UNNAMED = "the execution's input";

    public Force {
        tasks = List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new InvalidInput("\"force\" names no task; name one, one with what follows it, as in \"Tables+\", or"
                    + " \"" + ALL + "\"");
        }
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("tasks", tasks);
        json.put("by", by);
        return json;
    }

    /// Reads what [#toJson] wrote, or what somebody typed: `"Tables+"`, or a list of such.
    static Force of(StrictFields fields, String name) {
        return switch (fields.values().get(name)) {
            case String task -> new Force(List.of(task), UNNAMED);
            case List<?> tasks -> new Force(fields.stringList(name), UNNAMED);
            case null, default -> {
                var force = fields.object(name).only("tasks", "by");
                yield new Force(
                        force.stringList("tasks"), force.maybeString("by").orElse(UNNAMED));
            }
        };
    }
}
