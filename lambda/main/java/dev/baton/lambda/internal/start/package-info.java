/// From objects that are there to executions that are started, once.
@NullMarked
package dev.baton.lambda.internal.start;

import org.jspecify.annotations.NullMarked;
