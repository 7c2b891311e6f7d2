/// Runs recorded executions of the real service again and compares what comes of it.
@NullMarked
package dev.baton.engine.replay;

import org.jspecify.annotations.NullMarked;
