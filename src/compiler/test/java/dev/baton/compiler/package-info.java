@NullMarked
package dev.baton.compiler;

import org.jspecify.annotations.NullMarked;
