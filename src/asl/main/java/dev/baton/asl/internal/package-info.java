/// The reading and the checks of definitions; for this module alone.
@NullMarked
package dev.baton.asl.internal;

import org.jspecify.annotations.NullMarked;
