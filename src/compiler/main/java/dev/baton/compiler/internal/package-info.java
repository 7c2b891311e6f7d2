/// How the compiler does it; nobody else's.
@NullMarked
package dev.baton.compiler.internal;

import org.jspecify.annotations.NullMarked;
