/// The intrinsic functions.
@NullMarked
package dev.baton.engine.internal.intrinsic;

import org.jspecify.annotations.NullMarked;
