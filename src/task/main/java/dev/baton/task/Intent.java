package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The intent of a task: what a task is for, in one line. Every task says it; it becomes the comment of its state and a
/// line of the docs.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Intent {
    /// A phrase without its final stop.
    String value();
}
