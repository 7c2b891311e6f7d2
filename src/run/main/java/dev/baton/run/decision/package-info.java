/// The decision whether a task runs or is skipped, and why: one for the function that runs it, for `plan` and `why`.
///
/// Start reading at [dev.baton.run.decision.TaskDecision].
@NullMarked
package dev.baton.run.decision;

import org.jspecify.annotations.NullMarked;
