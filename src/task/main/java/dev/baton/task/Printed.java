package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The printed form of an enum's constant: how a constant of an enum prints in keys and parameters. Without it: its
/// name in lower case with `-` for `_`, so that `City.NEW_YORK` is `new-york`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.FIELD)
public @interface Printed {
    /// Of `[A-Za-z0-9._-]`, different for each constant.
    String value();
}
