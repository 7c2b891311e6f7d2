/// `baton structure`: how a graph compiles, and how fast the compiled machine is.
@NullMarked
package dev.baton.cli.structure;

import org.jspecify.annotations.NullMarked;
