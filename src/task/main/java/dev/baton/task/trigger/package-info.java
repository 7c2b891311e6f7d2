/// From the key of an object that appeared to the runs that it may make ready.
@NullMarked
package dev.baton.task.trigger;

import org.jspecify.annotations.NullMarked;
