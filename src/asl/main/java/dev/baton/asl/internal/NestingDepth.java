package dev.baton.asl.internal;

/// The depth of nesting: how deep definitions may nest. The service has bounds that it does not name; ours keep every
/// recursion finite and are far beyond what people write.
final class NestingDepth {
    /// Branches and item processors inside of each other.
    static final int GRAPHS = 50;

    /// Conditions inside of each other.
    static final int CONDITIONS = 100;

    private NestingDepth() {}
}
