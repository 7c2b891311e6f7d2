/// The words of a distributed Map: reading items, batches, the shape of results.
@NullMarked
package dev.baton.engine.internal.map;

import org.jspecify.annotations.NullMarked;
