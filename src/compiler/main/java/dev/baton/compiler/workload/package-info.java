/// Compiles bare graphs of tasks with durations, as recorded elsewhere, to see how the compiler does on them.
@NullMarked
package dev.baton.compiler.workload;

import org.jspecify.annotations.NullMarked;
