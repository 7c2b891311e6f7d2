package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// When, by the calendar, a pipeline's root is proposed: on its record, in the words of EventBridge Scheduler's cron
/// expressions.
///
/// ```java
/// @Cron(value = "0 6 * * ? *", zone = "Europe/Berlin", shift = "-P1D")
/// public record DailyReport(LocalDate day) implements Task { … }
/// ```
///
/// Every morning at six this proposes the report of the day before. Components that are days, months or years are those
/// of the tick; enums and booleans take all their values; where a root has others, [Pipeline#scheduled] tells the roots
/// of a tick. What is proposed starts when all its external inputs are there, and else when the last of them comes;
/// what is complete is left alone. So a schedule never holds anything back: a root whose uploads are there before the
/// tick starts with them.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Cron.All.class)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Cron {
    /// Six fields: minutes, hours, day of month, month, day of week, year; one of the two about days is `?`
    /// ([language](https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based)). What is
    /// wrong with them is found when the pipeline is compiled (TSK080).
    String value();

    /// The time zone whose clocks are meant, by its name in the time zone database: `Europe/Berlin`. A time that its
    /// clocks leap over does not come; one that they show twice comes once.
    String zone() default "UTC";

    /// How far from the tick the root's day, month or year is, as ISO 8601 writes periods: `-P1D` is the day before,
    /// `-P1M` the month before, `-PT6H` six hours earlier.
    String shift() default "P0D";

    /// The container of several.
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(ElementType.TYPE)
    @interface All {
        Cron[] value();
    }
}
