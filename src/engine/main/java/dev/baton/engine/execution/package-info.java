/// What is executed, what an execution is to those who look at it, and who is told of it.
@NullMarked
package dev.baton.engine.execution;

import org.jspecify.annotations.NullMarked;
