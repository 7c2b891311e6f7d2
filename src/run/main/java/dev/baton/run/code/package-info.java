/// The code that a task or a graph reaches, and its hash.
@NullMarked
package dev.baton.run.code;

import org.jspecify.annotations.NullMarked;
