@NullMarked
package dev.baton.diagnostic;

import org.jspecify.annotations.NullMarked;
