@NullMarked
package dev.baton.engine.internal.query;

import org.jspecify.annotations.NullMarked;
