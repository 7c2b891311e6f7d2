/// The times of schedules, as EventBridge Scheduler reads them: for those who declare schedules and for those who keep
/// them.
@NullMarked
package dev.baton.diagnostic.schedule;

import org.jspecify.annotations.NullMarked;
