package dev.baton.compiler.pipeline;

/// The limits of one state machine: what one state machine may hold at most, before parts of it move into machines of
/// their own.
///
/// @param bytes of its definition
/// @param events in the history of one of its executions at worst
/// @param tasks states that do work
/// @param payloadBytes of what is handed to a Map as its items
/// @param nesting how deep Parallels and Maps stand in each other
public record MachineLimits(long bytes, long events, int tasks, int payloadBytes, int nesting) {
    /// A share of Step Functions' limits that leaves room for the unforeseen. For nesting the service names no limit,
    /// but a Parallel is four levels of JSON, and readers of JSON stop somewhere: at 1,000 levels the one used here and
    /// by most Java programs. So 50 are far from there, and more than a person reads.
    public static final MachineLimits DEFAULT = new MachineLimits(
            Proof.MAX_BYTES * 85L / 100, Proof.MAX_EVENTS * 95 / 100, 1_500, Proof.MAX_PAYLOAD_BYTES * 80 / 100, 50);

    /// The same for fewer tasks.
    public MachineLimits forTasks(int most) {
        return new MachineLimits(bytes, events, most, payloadBytes, nesting);
    }
}
