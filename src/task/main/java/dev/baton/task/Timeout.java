package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The timeout of an attempt: hours, minutes and seconds together. At least a second (TSK009); at most 15 minutes on
/// Lambda, 365 days on Fargate and for what a service does. Without it: 15 minutes.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Timeout {
    int hours() default 0;

    int minutes() default 0;

    int seconds() default 0;
}
