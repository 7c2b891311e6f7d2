/// The compiler's own parts, nobody else's.
@NullMarked
package dev.baton.compiler.internal;

import org.jspecify.annotations.NullMarked;
