/// The failures of states, in the service's words.
@NullMarked
package dev.baton.engine.internal.failure;

import org.jspecify.annotations.NullMarked;
