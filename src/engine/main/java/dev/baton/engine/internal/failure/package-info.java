@NullMarked
package dev.baton.engine.internal.failure;

import org.jspecify.annotations.NullMarked;
