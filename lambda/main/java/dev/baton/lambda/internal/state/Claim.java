package dev.baton.lambda.internal.state;

import dev.baton.json.Json;
import dev.baton.run.RunOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The claim of the run that was the last to care for a task's output.
///
/// @param fingerprint of what that run works on
/// @param writes whether it meant to write the output; otherwise it found the output right as it was
public record Claim(RunOrder order, String fingerprint, boolean writes) {

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run", order.run());
        json.put("runStartedAt", order.startedAt().toString());
        json.put("fingerprint", fingerprint);
        json.put("writes", writes);
        return json;
    }

    static Claim parse(byte[] utf8) {
        var json = Json.parseObject(utf8);
        if (json.get("run") instanceof String run
                && json.get("runStartedAt") instanceof String started
                && json.get("fingerprint") instanceof String fingerprint
                && json.get("writes") instanceof Boolean writes) {
            return new Claim(new RunOrder(Instant.parse(started), run), fingerprint, writes);
        }
        throw new IllegalStateException(
                "a claim has run, runStartedAt, fingerprint and writes, but this has " + json.keySet());
    }
}
