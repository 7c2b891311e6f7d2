/// Tells what a run would do without doing it, by the decision that functions take too.
///
/// Start reading at [dev.baton.lambda.plan.RunPlanner].
@NullMarked
package dev.baton.lambda.plan;

import org.jspecify.annotations.NullMarked;
