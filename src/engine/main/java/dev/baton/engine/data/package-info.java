@NullMarked
package dev.baton.engine.data;

import org.jspecify.annotations.NullMarked;
