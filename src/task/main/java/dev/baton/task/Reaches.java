package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The hidden dependencies of a task: classes that it finds by reflection, and resources. They are part of the task's
/// code hash.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Reaches {
    /// Classes found by reflection, with all that they reach.
    Class<?>[] classes() default {};

    /// Paths of resources on the class path, without a `/` at the beginning.
    String[] resources() default {};
}
