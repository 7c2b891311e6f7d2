@NullMarked
package dev.baton.engine.internal.run;

import org.jspecify.annotations.NullMarked;
