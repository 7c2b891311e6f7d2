/// Executions: what is executed, what one is to those who look at it, and who is told of it.
@NullMarked
package dev.baton.engine.execution;

import org.jspecify.annotations.NullMarked;
