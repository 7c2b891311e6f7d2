/// The gate: rules beyond the language that a definition has to keep before it is deployed, whoever or whatever wrote
/// it.
@NullMarked
package dev.baton.compiler.gate;

import org.jspecify.annotations.NullMarked;
