/// Two runs side by side: `baton diff-runs`.
///
/// Start reading at [dev.baton.cli.diff.RunComparison].
@NullMarked
package dev.baton.cli.diff;

import org.jspecify.annotations.NullMarked;
