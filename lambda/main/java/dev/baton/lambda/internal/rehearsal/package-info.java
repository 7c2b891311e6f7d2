/// What a function does before a snapshot so that its first invocation is as quick as the others.
@NullMarked
package dev.baton.lambda.internal.rehearsal;

import org.jspecify.annotations.NullMarked;
