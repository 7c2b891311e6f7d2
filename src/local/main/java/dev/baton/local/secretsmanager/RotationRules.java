package dev.baton.local.secretsmanager;

import dev.baton.diagnostic.schedule.CronExpression;
import dev.baton.diagnostic.schedule.RateExpression;
import dev.baton.diagnostic.schedule.ScheduleProblem;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schedule of a secret's rotations: every so many days, or an expression in UTC.
///
/// @param days absent where there is an expression, or neither
/// @param duration how long a window is, such as `3h`; a rotation begins at its beginning
record RotationRules(
        @Nullable Integer days,
        @Nullable String expression,
        @Nullable String duration) {
    private static final Duration SHORTEST = Duration.ofHours(4);
    private static final Duration LONGEST = Duration.ofDays(999);

    /// @throws dev.baton.local.http.AwsError `InvalidParameterException` where Secrets Manager would not take them
    static RotationRules of(ApiInput given) {
        var rules = new RotationRules(
                given.integer("AutomaticallyAfterDays"), given.text("ScheduleExpression"), given.text("Duration"));
        if (rules.days != null && rules.expression != null) {
            throw SecretErrors.parameter(
                    "You can't specify both AutomaticallyAfterDays and ScheduleExpression in RotationRules.");
        }
        rules.check();
        return rules;
    }

    private void check() {
        var text = expression;
        if (text == null) {
            return;
        }
        try {
            if (text.startsWith("rate(")) {
                var period = RateExpression.parse(text).period();
                if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
                    throw SecretErrors.parameter("The rate of ScheduleExpression is between 4 hours and 999 days.");
                }
            } else {
                CronExpression.parse(text);
            }
        } catch (ScheduleProblem e) {
            throw SecretErrors.parameter("The ScheduleExpression " + text + " is not valid: " + e.getMessage());
        }
    }

    /// The next rotation, or null where none is scheduled.
    ///
    /// @param last when the last one was, or when the rules were given
    @Nullable
    Instant after(Instant last) {
        if (days != null) {
            return last.plus(Duration.ofDays(days));
        }
        var text = expression;
        if (text == null) {
            return null;
        }
        return text.startsWith("rate(")
                ? last.plus(RateExpression.parse(text).period())
                : CronExpression.parse(text).after(last, ZoneOffset.UTC).orElse(null);
    }

    Map<String, @Nullable Object> toJson() {
        return new JsonAnswer()
                .putIf("AutomaticallyAfterDays", days)
                .putIf("Duration", duration)
                .putIf("ScheduleExpression", expression)
                .map();
    }
}
