@NullMarked
package dev.baton.engine.internal.state;

import org.jspecify.annotations.NullMarked;
