/// The eight state types made ready to run; one file each.
@NullMarked
package dev.baton.engine.internal.state;

import org.jspecify.annotations.NullMarked;
