/// Reads what tasks recorded of their outputs, now and before.
///
/// Start reading at [dev.baton.lambda.lineage.RecordArchive].
@NullMarked
package dev.baton.lambda.lineage;

import org.jspecify.annotations.NullMarked;
