/// Whether a task runs, and why: one decision for the function that runs it, for `plan` and for `why`.
///
/// Start reading at [dev.baton.run.decision.TaskDecision].
@NullMarked
package dev.baton.run.decision;

import org.jspecify.annotations.NullMarked;
