/// Following executions and telling people, or programs, how they go.
@NullMarked
package dev.baton.cli.follow;

import org.jspecify.annotations.NullMarked;
