package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// A rate: like [Cron], every so many minutes or hours, or every day.
///
/// ```java
/// @Rate("1 hour")
/// public record Today(LocalDate day) implements Task { … }
/// ```
///
/// A tick that proposes a root which was complete before starts nothing: what is to be made anew each time has
/// something of the time among its parameters.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Rate {
    /// A number and its unit, such as `15 minutes`, `1 hour`, `1 day`. It must go into an hour or a day without a rest,
    /// and is counted from midnight UTC, so that everybody can tell its ticks (TSK080); others are written with [Cron].
    String value();

    /// The time zone in which the tick's day, month and year are read.
    String zone() default "UTC";

    /// How far from the tick the root's day, month or year is: see [Cron#shift].
    String shift() default "P0D";
}
