package dev.baton.local.scheduler;

import dev.baton.diagnostic.schedule.CronExpression;
import dev.baton.diagnostic.schedule.RateExpression;
import dev.baton.diagnostic.schedule.ScheduleProblem;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One schedule, as CreateSchedule or UpdateSchedule gave it.
///
/// @param json the request's own members, which GetSchedule gives back
/// @param created when it was made; a rate is counted from then, or from its `StartDate`
/// @param changed when it was changed last
record ScheduleEntry(String name, String arn, Map<String, @Nullable Object> json, Instant created, Instant changed) {
    static final String GROUP = "default";

    /// @throws AwsError ValidationException when it is none that Scheduler would take
    ScheduleEntry {
        json = new LinkedHashMap<>(json);
        var mode = new ApiInput(json).object("FlexibleTimeWindow").text("Mode", "");
        if (!mode.equals("OFF") && !mode.equals("FLEXIBLE")) {
            throw invalid("FlexibleTimeWindow needs a Mode, OFF or FLEXIBLE.");
        }
        if (json.get("GroupName") != null && !GROUP.equals(json.get("GroupName"))) {
            throw new AwsError(
                    404, "ResourceNotFoundException", "Schedule group " + json.get("GroupName") + " does not exist.");
        }
        next(json, created, created);
    }

    private ApiInput target() {
        return new ApiInput(json).object("Target");
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    boolean enabled() {
        return !"DISABLED".equals(json.get("State"));
    }

    String targetArn() {
        return target().text("Arn", "");
    }

    String roleArn() {
        return target().text("RoleArn", "");
    }

    @Nullable
    String input() {
        return target().text("Input");
    }

    /// The group of a FIFO queue; null where none is named.
    @Nullable
    String messageGroup() {
        return target().object("SqsParameters").text("MessageGroupId");
    }

    /// The queue for what could not be delivered; null where there is none.
    @Nullable
    String deadLetterArn() {
        return target().object("DeadLetterConfig").text("Arn");
    }

    int retries() {
        return target().object("RetryPolicy").value("MaximumRetryAttempts") instanceof Number attempts
                ? attempts.intValue()
                : 185;
    }

    /// Whether it is to be gone when it has ticked for the last time.
    boolean isGoneAfterwards() {
        return "DELETE".equals(json.get("ActionAfterCompletion"));
    }

    /// The first tick after a time, if any comes.
    Optional<Instant> after(Instant time) {
        return next(json, created, time);
    }

    private static Optional<Instant> next(Map<String, @Nullable Object> json, Instant created, Instant time) {
        var start = date(json, "StartDate");
        var end = date(json, "EndDate");
        var from = start != null && start.isAfter(time) ? start.minusMillis(1) : time;
        return tick(json, start == null ? created : start, from).filter(tick -> end == null || !tick.isAfter(end));
    }

    private static Optional<Instant> tick(Map<String, @Nullable Object> json, Instant begin, Instant time) {
        var expression = new ApiInput(json).require("ScheduleExpression");
        var name = new ApiInput(json).text("ScheduleExpressionTimezone", "UTC");
        try {
            var zone = ZoneId.of(name);
            if (expression.startsWith("cron(")) {
                return CronExpression.parse(expression).after(time, zone);
            }
            if (expression.startsWith("rate(")) {
                var period = RateExpression.parse(expression).period();
                if (time.isBefore(begin)) {
                    return Optional.of(begin);
                }
                var ticks = (time.toEpochMilli() - begin.toEpochMilli()) / period.toMillis();
                return Optional.of(begin.plus(period.multipliedBy(ticks + 1)));
            }
            if (expression.startsWith("at(") && expression.endsWith(")")) {
                var at = LocalDateTime.parse(expression.substring("at(".length(), expression.length() - 1))
                        .atZone(zone)
                        .toInstant();
                return at.isAfter(time) ? Optional.of(at) : Optional.empty();
            }
        } catch (ScheduleProblem | DateTimeException e) {
            throw invalid("Invalid Schedule Expression " + expression + " in " + name + ": " + e.getMessage());
        }
        throw invalid("Invalid Schedule Expression " + expression + ": it is cron(…), rate(…) or at(…).");
    }

    /// Seconds since 1970, as the REST protocol has dates.
    private static @Nullable Instant date(Map<String, @Nullable Object> json, String member) {
        return json.get(member) instanceof Number seconds
                ? Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000))
                : null;
    }
}
