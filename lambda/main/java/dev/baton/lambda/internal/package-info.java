/// The parts that the handlers share; nobody else's.
@NullMarked
package dev.baton.lambda.internal;

import org.jspecify.annotations.NullMarked;
