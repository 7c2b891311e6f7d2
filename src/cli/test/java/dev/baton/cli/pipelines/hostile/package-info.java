/// A pipeline with a burglar in it.
@NullMarked
package dev.baton.cli.pipelines.hostile;

import org.jspecify.annotations.NullMarked;
