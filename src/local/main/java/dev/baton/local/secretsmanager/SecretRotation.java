package dev.baton.local.secretsmanager;

import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way in which a secret is rotated.
///
/// @param enabled whether it is rotated by its rules
/// @param function the ARN of the function
/// @param since what the next rotation is counted from
/// @param underWay the id of the version that a rotation is making, which is taken up after a restart; null for none
record SecretRotation(
        boolean enabled,
        String function,
        RotationRules rules,
        Instant since,
        @Nullable String underWay) {

    @Nullable
    Instant next() {
        return enabled ? rules.after(since) : null;
    }

    SecretRotation making(@Nullable String version) {
        return new SecretRotation(enabled, function, rules, since, version);
    }

    SecretRotation since(Instant now) {
        return new SecretRotation(enabled, function, rules, now, underWay);
    }

    /// Neither now nor later.
    SecretRotation off() {
        return new SecretRotation(false, function, rules, since, null);
    }

    Map<String, @Nullable Object> toJson() {
        return new JsonAnswer()
                .put("enabled", enabled)
                .put("function", function)
                .put("rules", rules.toJson())
                .put("since", since.toString())
                .putIf("underWay", underWay)
                .map();
    }

    static SecretRotation of(StoredJson json) {
        return new SecretRotation(
                json.flag("enabled"),
                json.text("function"),
                RotationRules.of(new ApiInput(json.json("rules"))),
                json.time("since"),
                json.textIf("underWay"));
    }
}
