/// The versions that a run reads, fixed before it begins.
@NullMarked
package dev.baton.lambda.internal.pin;

import org.jspecify.annotations.NullMarked;
