package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// An expectation of a task's output: of its rows and columns, or of one column. It is held against the profile of what
/// the task has written, before anything is committed; a miss fails the task as [DataInvalid], which is never retried.
///
/// ```java
/// @Expect(minRows = 365, maxRows = 366, columns = {"date: date", "rain: number"})
/// @Expect(column = "rain", maxNullRate = 0.01, min = "0", max = "500")
/// public record CleanObservations(City city, Year year) implements Task { … }
/// ```
///
/// Expectations are code: a task whose expectations changed runs again.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Expect.All.class)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Expect {
    /// The fewest rows, without the header.
    long minRows() default 0;

    /// The most rows, without the header.
    long maxRows() default Long.MAX_VALUE;

    /// Exactly these columns, in this order (JSON lines have none); each a name, or a name with one of the types
    /// `integer`, `number`, `boolean`, `date`, `timestamp`, `text`, `list`, `object`: `"rain: number"`. A column without
    /// any value has every type; whole numbers are numbers too, and dates are timestamps.
    String[] columns() default {};

    /// The column that what follows is about.
    String column() default "";

    /// The largest part of the rows that may have no value in the column, from 0 to 1.
    double maxNullRate() default 1;

    /// The fewest different values of the column. Up to 1,000 they are counted, above they are estimated: a bound above
    /// that is missed by an estimate that is more than 5 % off.
    long minDistinct() default 0;

    /// The most different values of the column, as [#minDistinct] has them.
    long maxDistinct() default Long.MAX_VALUE;

    /// The least value of the column: a number, or a date or time as ISO 8601 writes it.
    String min() default "";

    /// The greatest value of the column, as [#min] has it.
    String max() default "";

    /// The container of several.
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(ElementType.TYPE)
    @interface All {
        Expect[] value();
    }
}
