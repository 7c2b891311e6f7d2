/// The logs of executions and tasks, put together from what their functions, containers and state machines wrote.
@NullMarked
package dev.baton.cli.logs;

import org.jspecify.annotations.NullMarked;
