@NullMarked
package dev.baton.lambda;

import org.jspecify.annotations.NullMarked;
