/// What functions and state machines write to their logs, kept as CloudWatch Logs keeps it: groups of streams of
/// events.
@NullMarked
package dev.baton.local.logs;

import org.jspecify.annotations.NullMarked;
