package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The pattern of a string parameter: what a string parameter may be. Without it: `[A-Za-z0-9._-]+`.
///
/// No value holds `/` or a control character, whatever the pattern says: a value is never more than one piece of a
/// key.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.RECORD_COMPONENT)
public @interface Pattern {
    /// A regular expression ([java.util.regex.Pattern]) that the whole value matches.
    String value() default "[A-Za-z0-9._-]+";

    /// At least two values that match, with which the graph is tried out.
    String[] samples() default {};
}
