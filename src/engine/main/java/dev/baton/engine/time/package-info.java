/// Time and threads, real or virtual.
@NullMarked
package dev.baton.engine.time;

import org.jspecify.annotations.NullMarked;
