/// EventBridge Scheduler: schedules that call functions and start executions at their ticks.
@NullMarked
package dev.baton.local.scheduler;

import org.jspecify.annotations.NullMarked;
