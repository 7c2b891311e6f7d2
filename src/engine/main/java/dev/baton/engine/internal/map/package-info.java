/// Distributed Maps: reading items, batches, child executions, results.
@NullMarked
package dev.baton.engine.internal.map;

import org.jspecify.annotations.NullMarked;
