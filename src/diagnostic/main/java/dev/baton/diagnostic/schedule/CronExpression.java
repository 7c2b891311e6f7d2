package dev.baton.diagnostic.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.Optional;

/// The six fields of EventBridge Scheduler's `cron(…)`: minutes, hours, day of month, month, day of week, year, in a
/// time zone ([language](https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based)).
///
/// Of the two fields about days one is `?`. Where a clock is put forward, times that it leaps over do not come; where
/// it is put back, times that come twice fire the first time only.
public final class CronExpression {
    private static final int FIELDS = 6;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final DayRule days;
    private final BitSet months;
    private final BitSet years;

    private CronExpression(String text, String[] fields) {
        this.text = text;
        minutes = CronField.MINUTES.numbers(fields[0]);
        hours = CronField.HOURS.numbers(fields[1]);
        months = CronField.MONTH.numbers(fields[3]);
        years = CronField.YEAR.numbers(fields[5]);
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw new ScheduleProblem("the fields day of month, \"" + fields[2] + "\", and day of week, \"" + fields[4]
                    + "\", are both " + (fields[2].equals("?") ? "" : "not ") + "?, but exactly one of them is ?");
        }
        days = fields[2].equals("?") ? DayRule.ofWeek(fields[4]) : DayRule.ofMonth(fields[2]);
    }

    /// Reads the fields, with or without `cron(` and `)` around them.
    ///
    /// @throws ScheduleProblem when it is none
    public static CronExpression parse(String expression) {
        var text = expression.startsWith("cron(") && expression.endsWith(")")
                ? expression.substring("cron(".length(), expression.length() - 1)
                : expression;
        var fields = text.trim().split(" +");
        if (fields.length != FIELDS) {
            throw new ScheduleProblem("\"" + expression + "\" has " + fields.length
                    + " fields, but a cron expression has six: minutes, hours, day of month, month, day of week, year");
        }
        return new CronExpression(String.join(" ", fields), fields);
    }

    /// The first time after another, or nothing when none comes until the year 2199.
    public Optional<Instant> after(Instant instant, ZoneId zone) {
        var begin = LocalDateTime.ofInstant(instant, zone);
        var last = LocalDate.of(CronField.YEAR.most(), 12, 31);
        for (var day = later(begin.toLocalDate()); !day.isAfter(last); day = later(day.plusDays(1))) {
            if (!holds(day)) {
                continue;
            }
            for (var hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
                for (var minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                    var found = instant(day, hour, minute, zone);
                    if (found.isPresent() && found.get().isAfter(instant)) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// The last time at or before another, or nothing when none came since the year 1970.
    public Optional<Instant> until(Instant instant, ZoneId zone) {
        var first = LocalDate.of(CronField.YEAR.least(), 1, 1);
        for (var day = earlier(LocalDate.ofInstant(instant, zone));
                !day.isBefore(first);
                day = earlier(day.minusDays(1))) {
            if (!holds(day)) {
                continue;
            }
            for (var hour = hours.previousSetBit(23); hour >= 0; hour = hours.previousSetBit(hour - 1)) {
                for (var minute = minutes.previousSetBit(59); minute >= 0; minute = minutes.previousSetBit(minute - 1)) {
                    var found = instant(day, hour, minute, zone);
                    if (found.isPresent() && !found.get().isAfter(instant)) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean holds(LocalDate day) {
        return years.get(day.getYear()) && months.get(day.getMonthValue()) && days.holds(day);
    }

    /// The day itself, or the first of the first month that holds after it: years of days need not be tried one by one.
    private LocalDate later(LocalDate day) {
        var at = day.getYear() < CronField.YEAR.least() ? LocalDate.of(CronField.YEAR.least(), 1, 1) : day;
        while (at.getYear() <= CronField.YEAR.most() && !(years.get(at.getYear()) && months.get(at.getMonthValue()))) {
            at = at.withDayOfMonth(1).plusMonths(1);
        }
        return at;
    }

    private LocalDate earlier(LocalDate day) {
        var at = day.getYear() > CronField.YEAR.most() ? LocalDate.of(CronField.YEAR.most(), 12, 31) : day;
        while (at.getYear() >= CronField.YEAR.least() && !(years.get(at.getYear()) && months.get(at.getMonthValue()))) {
            at = at.withDayOfMonth(1).minusDays(1);
        }
        return at;
    }

    private static Optional<Instant> instant(LocalDate day, int hour, int minute, ZoneId zone) {
        var local = LocalDateTime.of(day, LocalTime.of(hour, minute));
        var offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty() ? Optional.empty() : Optional.of(local.toInstant(offsets.getFirst()));
    }

    /// The fields, one space between them.
    @Override
    public String toString() {
        return text;
    }
}
