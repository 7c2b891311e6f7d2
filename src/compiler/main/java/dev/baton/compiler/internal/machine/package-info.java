/// Writes trees of tasks as states.
@NullMarked
package dev.baton.compiler.internal.machine;

import org.jspecify.annotations.NullMarked;
