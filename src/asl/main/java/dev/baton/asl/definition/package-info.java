/// Definitions read from texts, with everything that was found about them.
@NullMarked
package dev.baton.asl.definition;

import org.jspecify.annotations.NullMarked;
