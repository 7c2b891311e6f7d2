/// Runs state machines as Step Functions runs them, under any clock.
///
/// Start reading at [dev.baton.engine.Engine]: it starts executions and completes their tasks. What it needs of the
/// world is plugged in: time ([dev.baton.engine.time.Scheduler]), tasks ([dev.baton.engine.task.TaskHandler]), objects
/// ([dev.baton.engine.data.ObjectReader]).
///
/// Inside, a definition is prepared once (`internal.prepare`) into states that share nothing but constants, and
/// `internal.execute` runs them. The README of the module shows how packages and phases follow one another.
@NullMarked
package dev.baton.engine;

import org.jspecify.annotations.NullMarked;
