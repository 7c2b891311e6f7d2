/// The wording of the compiler's findings.
@NullMarked
package dev.baton.compiler.internal.finding;

import org.jspecify.annotations.NullMarked;
