@NullMarked
package dev.baton.compiler.internal.access;

import org.jspecify.annotations.NullMarked;
