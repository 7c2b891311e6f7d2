/// Lambda: functions registered in this process, each under its own role, and the Invoke API.
@NullMarked
package dev.baton.local.lambda;

import org.jspecify.annotations.NullMarked;
