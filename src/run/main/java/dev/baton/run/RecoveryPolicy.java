package dev.baton.run;

import dev.baton.task.DataInvalid;
import dev.baton.task.InvalidInput;
import dev.baton.task.Recovery;
import dev.baton.task.Superseded;
import dev.baton.task.Undeclared;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The policy by which runs that failed are redriven, as a pipeline's start function is told it.
///
/// @param on the errors, as Step Functions names them
/// @param times how often at most
/// @param after how long after the failure
public record RecoveryPolicy(List<String> on, int times, Duration after) {
    /// The variable of the start function that holds it.
    public static final String VARIABLE = "BATON_RECOVERY";

    /// Stands for every error but those of [#NEVER].
    public static final String ALL = "States.ALL";

    /// What fails in the same way each time.
    public static final Set<String> NEVER = Set.of(
            DataInvalid.class.getName(),
            InvalidInput.class.getName(),
            Superseded.class.getName(),
            Undeclared.class.getName());

    public RecoveryPolicy {
        on = List.copyOf(on);
    }

    /// @throws DateTimeParseException when its wait cannot be read
    public static RecoveryPolicy of(Recovery declared) {
        return new RecoveryPolicy(declared.on(), declared.times(), Duration.parse(declared.after()));
    }

    /// Whether a run that failed with an error is redriven.
    public boolean covers(String error) {
        return !NEVER.contains(error) && (on.contains(error) || on.contains(ALL));
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("on", on);
        json.put("times", (long) times);
        json.put("after", after.toString());
        return json;
    }

    /// Reads what [#toJson] wrote.
    ///
    /// @throws dev.baton.task.InvalidInput when it is something else
    public static RecoveryPolicy of(@Nullable Object json) {
        var fields = StrictFields.of("the policy of recovery", json);
        return new RecoveryPolicy(
                fields.stringList("on"), (int) fields.integer("times"), Duration.parse(fields.string("after")));
    }
}
