/// What a changeset touches: which tasks of which pipelines, by which class, and which outputs would be made again.
///
/// Start reading at [dev.baton.cli.affected.AffectedPipeline].
@NullMarked
package dev.baton.cli.affected;

import org.jspecify.annotations.NullMarked;
