package dev.baton.diagnostic.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The number and unit of EventBridge Scheduler's `rate(…)`
/// ([language](https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based)): `1 hour`,
/// `15 minutes`, `7 days`.
public record RateExpression(int value, String unit) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5}) (minute|hour|day)(s?)");

    /// Reads them, with or without `rate(` and `)` around them.
    ///
    /// @throws ScheduleProblem when it is none
    public static RateExpression parse(String expression) {
        var text = expression.startsWith("rate(") && expression.endsWith(")")
                ? expression.substring("rate(".length(), expression.length() - 1)
                : expression;
        var form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new ScheduleProblem("\"" + expression
                    + "\" is not a rate: a number and minute, minutes, hour, hours, day or days, such as 15 minutes");
        }
        var value = Integer.parseInt(form.group(1));
        if (value == 0 || (value == 1) != form.group(3).isEmpty()) {
            throw new ScheduleProblem("\"" + expression + "\" is not a rate: "
                    + (value == 0 ? "its number is 0" : "its unit is " + form.group(2) + (value == 1 ? "" : "s")));
        }
        return new RateExpression(value, form.group(2));
    }

    /// The time from one tick to the next.
    public Duration period() {
        return switch (unit) {
            case "minute" -> Duration.ofMinutes(value);
            case "hour" -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
        };
    }

    /// The same times by the clock, from midnight on, as the fields of a cron expression: where the rate goes into an
    /// hour or a day without a rest. Nothing where it does not: such ticks depend on when the counting began.
    public Optional<String> byTheClock() {
        var minutes = period().toMinutes();
        if (minutes < 60 && 60 % minutes == 0) {
            return Optional.of("0/" + minutes + " * * * ? *");
        }
        var hours = period().toHours();
        if (minutes % 60 == 0 && hours < 24 && 24 % hours == 0) {
            return Optional.of("0 0/" + hours + " * * ? *");
        }
        return minutes == 24 * 60 ? Optional.of("0 0 * * ? *") : Optional.empty();
    }
}
