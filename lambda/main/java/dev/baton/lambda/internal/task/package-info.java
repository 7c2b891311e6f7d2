/// One attempt at one task.
@NullMarked
package dev.baton.lambda.internal.task;

import org.jspecify.annotations.NullMarked;
