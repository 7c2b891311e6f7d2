/// The surroundings of an evaluation: what it needs, what it may use up, and what it gives besides a value.
@NullMarked
package dev.baton.jsonata.evaluation;

import org.jspecify.annotations.NullMarked;
