/// Runs state machines as Step Functions runs them, under any clock.
///
/// Start reading at [dev.baton.engine.Engine]: it starts executions and completes their tasks. What it needs of the
/// world is plugged in: time ([dev.baton.engine.time.Scheduler]), tasks ([dev.baton.engine.task.TaskHandler]), objects
/// ([dev.baton.engine.data.ObjectReader]).
///
/// Its packages know one another in one direction: what is executed and what is told of it (`execution`, `history`,
/// `journal`), a definition prepared once into states that share nothing but constants (`internal.prepare`), and what
/// executes them (`internal.execute`, and `internal.maprun` for distributed Maps). A prepared state knows nothing of
/// executions: it asks its `StateRunner`.
///
/// An execution is a `LiveExecution` with a mailbox; it drives `StateThread`s, each a line of states that run one after
/// another. Such a thread runs in a loop until it must wait, so that a loop of any length needs no stack, and a wait
/// needs no thread of the machine's:
///
/// ```
///              entered (event)          retrier: after its delay
///                    |         +----------------------------------+
///                    v         v                                  |
///   READY --turn--> run the state --must wait--> WAITING --resumed--+
///     ^                |    |                       |
///     |   next state   |    | StateFailure          | abort
///     +--leave (event)-+    |                       v
///                      |    +-- catcher: leave    ABORTED
///        no next state |    |
///                      v    v nobody catches
///                SUCCEEDED  FAILED  --- redrive --> READY
/// ```
///
/// Parallel and Map fork state threads and wait for them; a distributed Map starts executions of their own and waits for
/// those.
@NullMarked
package dev.baton.engine;

import org.jspecify.annotations.NullMarked;
