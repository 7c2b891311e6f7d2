/// The logs of functions and state machines, kept as CloudWatch Logs keeps them: groups of streams of events.
@NullMarked
package dev.baton.local.logs;

import org.jspecify.annotations.NullMarked;
