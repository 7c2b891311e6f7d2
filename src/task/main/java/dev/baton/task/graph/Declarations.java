package dev.baton.task.graph;

import dev.baton.task.Compute;
import java.time.Duration;
import java.util.Optional;

/// What annotations say of a task's class, with the defaults filled in.
///
/// @param intent what it is for
/// @param owner the team
/// @param retries how it is tried again
/// @param timeout of one attempt
/// @param compute what it runs on
public record Declarations(
        String intent, Optional<String> owner, Retrying retries, Duration timeout, Computing compute) {

    /// How a task is tried again.
    ///
    /// @param maxAttempts attempts after the first, 0 to 99
    /// @param intervalSeconds before the second attempt
    /// @param backoffRate from 1.0
    /// @param maxDelaySeconds no wait is longer; 0 means no bound
    public record Retrying(int maxAttempts, int intervalSeconds, double backoffRate, int maxDelaySeconds) {}

    /// What a task runs on.
    ///
    /// @param platform where
    /// @param memoryMegabytes how much
    /// @param milliCpu thousandths of a CPU, on Fargate
    public record Computing(Compute.Platform platform, int memoryMegabytes, int milliCpu) {}
}
