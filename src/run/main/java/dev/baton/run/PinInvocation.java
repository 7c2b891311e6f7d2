package dev.baton.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the first state tells the pin function.
///
/// @param executionId the execution's ARN
/// @param executionName the root execution's name
/// @param startTime when it started
/// @param input the execution's input as it came, not yet read: it may be anything
public record PinInvocation(
        String executionId,
        String executionName,
        Instant startTime,
        @Nullable Object input) {

    public Map<String, @Nullable Object> toJson() {
        var execution = new LinkedHashMap<String, @Nullable Object>();
        execution.put("id", executionId);
        execution.put("name", executionName);
        execution.put("startTime", startTime.toString());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("execution", execution);
        json.put("input", input);
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what the first state sends
    public static PinInvocation parse(byte[] utf8) {
        var fields = StrictFields.parse("the pin function's event", utf8);
        var execution = fields.object("execution");
        return new PinInvocation(
                execution.string("id"),
                execution.string("name"),
                execution.instant("startTime"),
                fields.values().get("input"));
    }

    /// The reference of the run that begins here.
    ///
    /// @param parameters of the root task, canonically printed
    /// @param force which tasks run also where they are fresh
    public RunReference run(String pipeline, Map<String, String> parameters, Optional<Force> force) {
        return new RunReference(pipeline, RunReference.id(executionName, startTime), startTime, parameters, force);
    }
}
