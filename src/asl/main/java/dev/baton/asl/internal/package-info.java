/// How definitions are read and checked; nobody else's.
@NullMarked
package dev.baton.asl.internal;

import org.jspecify.annotations.NullMarked;
