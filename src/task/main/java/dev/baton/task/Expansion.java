package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The expansion of a task: how the items of an [ExpandingTask] run. Without it: 100 at a time, none may fail.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Expansion {
    /// How many items run at a time, from 1 to 10,000, unless the environment says otherwise (`concurrency.maps`).
    int maxConcurrency() default 100;

    /// Of how many in a hundred items the failure is tolerated, from 0 to 99: they are missing in the output.
    int toleratedFailurePercentage() default 0;
}
