@NullMarked
package dev.baton.engine.history;

import org.jspecify.annotations.NullMarked;
