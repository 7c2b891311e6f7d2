/// The graph of a pipeline: its shape from sample parameters, and its tasks for real ones.
@NullMarked
package dev.baton.graph;

import org.jspecify.annotations.NullMarked;
