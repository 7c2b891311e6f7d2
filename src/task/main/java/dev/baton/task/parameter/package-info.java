/// Parameters of tasks: which types they may have, how they print and how they are parsed.
@NullMarked
package dev.baton.task.parameter;

import org.jspecify.annotations.NullMarked;
