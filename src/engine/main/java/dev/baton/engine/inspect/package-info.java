/// One state run alone, with a view of what it makes of its data step by step: what TestState shows.
@NullMarked
package dev.baton.engine.inspect;

import org.jspecify.annotations.NullMarked;
