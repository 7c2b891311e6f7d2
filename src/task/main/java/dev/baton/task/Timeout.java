package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// How long one attempt may take. Without it: 15 minutes, the most that Lambda gives.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Timeout {
    int hours() default 0;

    int minutes() default 0;

    int seconds() default 0;
}
