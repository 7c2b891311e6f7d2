/// Derives who may do what: roles, their policies, and the events that call functions.
@NullMarked
package dev.baton.compiler.internal.access;

import org.jspecify.annotations.NullMarked;
