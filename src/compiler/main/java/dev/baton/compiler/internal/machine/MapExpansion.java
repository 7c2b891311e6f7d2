package dev.baton.compiler.internal.machine;

/// The items into which a node expands when it runs, as the Map over them needs it.
///
/// @param item one of them; its id is its class
/// @param concurrency what stands for how many run at a time: `JarsConcurrency`
/// @param toleratedFailurePercentage of how many in a hundred the failure is tolerated
public record MapExpansion(StateSpec item, String concurrency, int toleratedFailurePercentage) {
    /// The rounds of items, each of as many as run at a time, that are reckoned with where somebody else waits for all.
    /// Nobody knows their number before; a hundred times as many, each of which uses up all its retries, is no likely
    /// run.
    static final int ROUNDS = 100;

    double worstSeconds() {
        return ROUNDS * item.worstSeconds();
    }
}
