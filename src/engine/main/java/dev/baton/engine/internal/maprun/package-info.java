/// Distributed Maps while they run: child executions, and what becomes of their results.
@NullMarked
package dev.baton.engine.internal.maprun;

import org.jspecify.annotations.NullMarked;
