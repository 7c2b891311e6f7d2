package dev.baton.run;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the pin function returns.
///
/// @param run the run's reference
/// @param outdated why this run has nothing to do, if it was overtaken before it began
public record PinResult(RunReference run, Optional<String> outdated) {

    public Map<String, @Nullable Object> toJson() {
        var json = run.toJson();
        json.put("outdated", outdated.isPresent());
        outdated.ifPresent(reason -> json.put("reason", reason));
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what the pin function returns
    public static PinResult of(@Nullable Object json) {
        var fields = StrictFields.of("the pin function's result", json);
        var reason = fields.maybeString("reason").orElse("");
        return new PinResult(RunReference.of(fields), fields.bool("outdated") ? Optional.of(reason) : Optional.empty());
    }
}
