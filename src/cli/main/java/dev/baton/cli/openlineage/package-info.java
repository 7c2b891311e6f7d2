/// What runs did, told as [OpenLineage](https://openlineage.io) events: `baton openlineage`.
///
/// Start reading at [dev.baton.cli.openlineage.LineageExport].
@NullMarked
package dev.baton.cli.openlineage;

import org.jspecify.annotations.NullMarked;
