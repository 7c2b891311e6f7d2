package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The policy by which a run that failed is redriven by itself, after the retries of its tasks are spent: on the record
/// of a pipeline's root.
///
/// ```java
/// @Recover(on = {"States.Timeout", "Lambda.TooManyRequestsException"}, times = 2, after = "PT10M")
/// public record DailyReport(LocalDate day) implements Task { … }
/// ```
///
/// A redrive keeps what succeeded, and the code that the run began with. [DataInvalid], [InvalidInput], [Superseded]
/// and [Undeclared] are never redriven, whatever this says: the next attempt would end like the last.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Recover {
    /// The errors with which a run fails in passing, as Step Functions names them: the full name of the class that a
    /// task threw (`java.net.SocketTimeoutException`), a service's own (`Lambda.TooManyRequestsException`),
    /// `States.Timeout`; `States.ALL` is every one.
    String[] on();

    /// How often at most, from 1 to 10. Redrives by hand count too.
    int times() default 1;

    /// How long after the run has failed, as ISO 8601 writes durations; `PT0S` is at once. All redrives together begin
    /// within the 14 days in which Step Functions redrives.
    String after() default "PT0S";
}
