package dev.baton.local.states;

import java.time.Duration;

/// The time and room for which closed executions are known. An account knows them for 90 days; a laptop has less
/// memory.
///
/// @param age since they closed
/// @param executions how many closed ones are known at most; the one that closed first goes first
/// @param events how many events all their histories may have together, so that a few long ones count as much as many
///     short ones
/// @param bytes how much memory they may hold together, as [Footprint] has it; the one that closed last is kept
///     whatever it holds
/// @param openBytes how much those may hold together that have not closed
record ExecutionRetention(Duration age, int executions, long events, long bytes, long openBytes) {
    /// A quarter of the heap for those that closed, five eighths for the others.
    static final ExecutionRetention USUAL = new ExecutionRetention(
            Duration.ofDays(90),
            10_000,
            2_000_000,
            Runtime.getRuntime().maxMemory() / 4,
            Runtime.getRuntime().maxMemory() / 8 * 5);
}
