@NullMarked
package dev.baton.engine.internal.map;

import org.jspecify.annotations.NullMarked;
