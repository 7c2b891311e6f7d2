package dev.baton.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The object that says that a run was redriven by its pipeline's policy, and not by a person.
///
/// @param execution the execution's ARN
/// @param number the execution's redrives with this one
/// @param error with which it had failed
/// @param failedAt when
/// @param policy by which it goes on
public record RecordedRedrive(String execution, int number, String error, Instant failedAt, RecoveryPolicy policy) {

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("execution", execution);
        json.put("number", (long) number);
        json.put("error", error);
        json.put("failedAt", failedAt.toString());
        json.put("policy", policy.toJson());
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what [#toJson] wrote
    public static RecordedRedrive parse(byte[] utf8) {
        var fields = StrictFields.parse("the record of a redrive", utf8);
        return new RecordedRedrive(
                fields.string("execution"),
                (int) fields.integer("number"),
                fields.string("error"),
                fields.instant("failedAt"),
                RecoveryPolicy.of(fields.values().get("policy")));
    }
}
