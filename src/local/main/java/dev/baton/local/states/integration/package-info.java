/// The resources of Task states: functions, executions, events, and the APIs of the services that there are.
///
/// Each call is made as the state machine's role, or as the role of the state's `Credentials`, and asks for leave as a
/// call from outside would.
@NullMarked
package dev.baton.local.states.integration;

import org.jspecify.annotations.NullMarked;
