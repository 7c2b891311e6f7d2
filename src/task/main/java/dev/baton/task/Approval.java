package dev.baton.task;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The approval that a task needs before it runs: people of a team say yes or no, in environments where policies about
/// people hold. Elsewhere, such as on a laptop, the task runs without.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Approval {
    /// The team whose members may approve, unless the policies say otherwise: 1 to 64 letters, digits, `-`, `_`, `.`.
    String by();

    /// How long is waited, as ISO 8601 has it: from `PT1M` to `P365D`. Whoever says nothing until then has refused.
    String within();

    /// How many different people have to approve, from 1 to 10. One who rejects is enough to refuse.
    int quorum() default 1;

    /// The reason, which whoever is asked reads: at most 200 characters.
    String why();
}
