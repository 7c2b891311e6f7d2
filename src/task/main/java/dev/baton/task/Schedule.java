package dev.baton.task;

/// A schedule of a pipeline: when it ticks, and which time a tick stands for. [Cron] and [Rate] on the root's record
/// say the same; this one is for [Pipeline#scheduled].
///
/// @param expression `cron(…)` or `rate(…)`, as [Cron#value] and [Rate#value] have them
/// @param zone see [Cron#zone]
/// @param shift see [Cron#shift]
public record Schedule(String expression, String zone, String shift) {
    private static final String NO_SHIFT = "P0D";
    private static final String UTC = "UTC";

    /// By the calendar, in UTC unless [#in] says otherwise.
    public static Schedule cron(String fields) {
        return new Schedule("cron(" + fields + ")", UTC, NO_SHIFT);
    }

    /// So often, counted from midnight UTC.
    public static Schedule rate(String every) {
        return new Schedule("rate(" + every + ")", UTC, NO_SHIFT);
    }

    static Schedule of(Cron cron) {
        return new Schedule("cron(" + cron.value() + ")", cron.zone(), cron.shift());
    }

    static Schedule of(Rate rate) {
        return new Schedule("rate(" + rate.value() + ")", rate.zone(), rate.shift());
    }

    /// This schedule by the clocks of a time zone.
    public Schedule in(String otherZone) {
        return new Schedule(expression, otherZone, shift);
    }

    /// This schedule with ticks that stand for another time than their own.
    public Schedule shifted(String otherShift) {
        return new Schedule(expression, zone, otherShift);
    }

    /// As messages name it.
    @Override
    public String toString() {
        return expression + " in " + zone + (shift.equals(NO_SHIFT) ? "" : ", " + shift);
    }
}
