/// Finds sequence and fork-join in any acyclic graph: pure functions on numbered nodes, which know nothing of tasks,
/// states or AWS.
@NullMarked
package dev.baton.compiler.structure;

import org.jspecify.annotations.NullMarked;
