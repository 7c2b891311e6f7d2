package dev.baton.compiler.environment;

/// The rollout of new code: a share of the new executions first, all of them when no alarm went off meanwhile.
///
/// @param strategy the shape
/// @param percent the share of each step, 1 to 99
/// @param minutes between steps, 1 to 2,100
public record Rollout(Strategy strategy, int percent, int minutes) {
    /// The names that Step Functions has for them.
    public enum Strategy {
        /// One step, then all.
        CANARY,
        /// Equal steps.
        LINEAR
    }
}
