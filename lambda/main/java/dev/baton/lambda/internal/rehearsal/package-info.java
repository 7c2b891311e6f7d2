/// What a function does before its first invocation so that the first is as quick as the others.
@NullMarked
package dev.baton.lambda.internal.rehearsal;

import org.jspecify.annotations.NullMarked;
