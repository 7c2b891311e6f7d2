/// Rehearsals before a snapshot, so that a function's first invocation is as quick as the others.
@NullMarked
package dev.baton.lambda.internal.rehearsal;

import org.jspecify.annotations.NullMarked;
