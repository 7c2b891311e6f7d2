/// JSONPath as the service evaluates it.
@NullMarked
package dev.baton.engine.internal.path;

import org.jspecify.annotations.NullMarked;
