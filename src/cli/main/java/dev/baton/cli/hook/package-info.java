/// What a repository calls of Baton at its events: what a commit or a push affects, and the veto of a commit.
///
/// Start reading at [dev.baton.cli.hook.HookedRepository].
@NullMarked
package dev.baton.cli.hook;

import org.jspecify.annotations.NullMarked;
