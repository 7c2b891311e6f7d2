package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The retries of a task: how often and how patiently Step Functions tries a task again. Without it: 3 times, after 2,
/// 4 and 8 seconds, jittered.
///
/// [DataInvalid], [Superseded], [Undeclared] and [InvalidInput] are never retried, whatever this says.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Retries {
    /// How many attempts may follow the first, from 0 to 99.
    int value();

    /// Seconds before the second attempt, from 1.
    int intervalSeconds() default 2;

    /// By how much each wait is longer than the one before, from 1.0.
    double backoffRate() default 2.0;

    /// No wait is longer: 0 for no bound, else more than [#intervalSeconds] and less than a year.
    int maxDelaySeconds() default 60;
}
