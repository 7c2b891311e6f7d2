/// Profiles outputs while they are written, and holds them against what is expected of them.
///
/// Start reading at [dev.baton.run.profile.Profiler].
@NullMarked
package dev.baton.run.profile;

import org.jspecify.annotations.NullMarked;
