/// A compiled pipeline as values: machines, roles, functions, triggers, and what stands in them for an account's names.
@NullMarked
package dev.baton.compiler.pipeline;

import org.jspecify.annotations.NullMarked;
