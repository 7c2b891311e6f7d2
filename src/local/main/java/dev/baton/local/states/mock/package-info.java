/// Mocks: answers that stand in for what Task states call.
@NullMarked
package dev.baton.local.states.mock;

import org.jspecify.annotations.NullMarked;
