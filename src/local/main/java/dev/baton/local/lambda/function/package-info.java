/// A function, and one call of it.
@NullMarked
package dev.baton.local.lambda.function;

import org.jspecify.annotations.NullMarked;
