@NullMarked
package dev.baton.compiler.gate;

import org.jspecify.annotations.NullMarked;
