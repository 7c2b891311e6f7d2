package dev.baton.compiler.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule of EventBridge's default bus to be created.
///
/// @param name such as `baton-weather-lake`
/// @param pattern the event pattern, a JSON object with `${…}`
/// @param function the name of the function that gets the events
public record CompiledTrigger(String name, Map<String, @Nullable Object> pattern, String function) {
    /// The source of S3's events.
    public static final String S3 = "aws.s3";

    /// The source of Step Functions' events.
    public static final String STATES = "aws.states";

    private static final String COMPLETED = "Task Completed";

    /// What people are told that it is for.
    public String description() {
        var what = List.of(STATES).equals(pattern.get("source")) ? "Executions that failed" : "Objects";
        return what + " that " + function + " is called for";
    }

    /// Whether it is for the completions of tasks too.
    public boolean hearsCompletions() {
        return pattern.get("detail-type") instanceof List<?> types && types.contains(COMPLETED);
    }

    /// The same for completions alone: for a bus that they are told to and S3 is not.
    public CompiledTrigger ofCompletions() {
        var completions = new LinkedHashMap<>(pattern);
        completions.put("source", sources(pattern.get("source")));
        completions.put("detail-type", List.of(COMPLETED));
        return new CompiledTrigger(name + "-completed", completions, function);
    }

    private static List<?> sources(@Nullable Object all) {
        return all instanceof List<?> list
                ? list.stream().filter(source -> !S3.equals(source)).toList()
                : List.of();
    }
}
