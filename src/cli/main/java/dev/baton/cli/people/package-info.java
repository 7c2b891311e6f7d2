/// The policies about people where they are: those of the project, those in an environment's state bucket, and what a
/// deployment asks them.
///
/// Start reading at [dev.baton.cli.people.PolicyStore].
@NullMarked
package dev.baton.cli.people;

import org.jspecify.annotations.NullMarked;
