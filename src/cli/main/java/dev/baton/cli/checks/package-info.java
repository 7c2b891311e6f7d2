/// The checks of revisions: what was checked of the sources that code was built from, and what an environment demands.
///
/// Start reading at [dev.baton.cli.checks.CheckStore].
@NullMarked
package dev.baton.cli.checks;

import org.jspecify.annotations.NullMarked;
