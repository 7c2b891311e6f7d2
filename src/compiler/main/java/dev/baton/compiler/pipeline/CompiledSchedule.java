package dev.baton.compiler.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A schedule of EventBridge Scheduler to be created, which calls the start function at its ticks.
///
/// @param name such as `baton-weather-at-1a2b3c4d`; it ends in what tells the start function which schedule ticked
/// @param expression `cron(…)`, a rate's too: both are by the clock
/// @param zone by whose clocks it ticks, such as `Europe/Berlin`
/// @param role the name of the role with which Scheduler calls the function
/// @param function the name of the function
/// @param input what the function is called with: a *Scheduled Event*, in which Scheduler puts the time of the tick in
///     the place of `<aws.scheduler.scheduled-time>`
public record CompiledSchedule(
        String name,
        String expression,
        String zone,
        String role,
        String function,
        Map<String, @Nullable Object> input) {
    /// How long a tick that cannot be delivered is tried again, in seconds: the next sweep or tick finds its roots too.
    public static final int MAX_AGE_SECONDS = 86_400;

    /// How often; both are what Scheduler does by itself.
    public static final int MAX_ATTEMPTS = 185;
}
