/// Patterns of resources and of keys, and what covers them.
@NullMarked
package dev.baton.compiler.internal.policy;

import org.jspecify.annotations.NullMarked;
