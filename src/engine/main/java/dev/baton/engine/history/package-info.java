/// The events of an execution, as GetExecutionHistory names them.
@NullMarked
package dev.baton.engine.history;

import org.jspecify.annotations.NullMarked;
