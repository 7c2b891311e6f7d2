package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The rule by which a task is complete, where it is not Baton's own.
///
/// ```java
/// @CompleteWhen(CompleteWhen.Rule.EXISTS)
/// public record Archive(Year year) implements Task { … }
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface CompleteWhen {
    Rule value();

    /// The rules by which an output is good.
    enum Rule {
        /// It was made by this code, with this configuration, from what its inputs are now. The rule of every task that
        /// says nothing.
        FRESH,
        /// It is there, whoever made it from whatever: Luigi's rule. Such a task runs again only where its output was
        /// taken away.
        EXISTS;

        /// The rule of a task's class.
        public static Rule of(Class<?> task) {
            var said = task.getAnnotation(CompleteWhen.class);
            return said == null ? FRESH : said.value();
        }
    }
}
