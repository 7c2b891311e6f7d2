/// What was made from what, as completion records tell it: `baton lineage`.
///
/// Start reading at [dev.baton.cli.lineage.LineageGraph].
@NullMarked
package dev.baton.cli.lineage;

import org.jspecify.annotations.NullMarked;
