/// Draws state machines.
@NullMarked
package dev.baton.compiler.picture;

import org.jspecify.annotations.NullMarked;
