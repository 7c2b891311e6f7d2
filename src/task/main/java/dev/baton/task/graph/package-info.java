/// The graph of a pipeline: its shape from sample parameters, and its tasks for real ones.
@NullMarked
package dev.baton.task.graph;

import org.jspecify.annotations.NullMarked;
