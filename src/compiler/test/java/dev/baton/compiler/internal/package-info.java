@NullMarked
package dev.baton.compiler.internal;

import org.jspecify.annotations.NullMarked;
