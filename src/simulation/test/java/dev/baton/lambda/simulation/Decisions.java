package dev.baton.lambda.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a seed decides. Each decision has a label that says what it is about, and depends on the seed and its label
/// alone, not on what was decided before: a decision can be taken back, and all others stay as they are. That makes a
/// failing schedule short ([Shrinking]).
final class Decisions {
    private final long seed;
    private final @Nullable Set<String> allowed;
    private final Map<String, String> taken = new LinkedHashMap<>();
    private boolean calm;

    /// @param allowed the labels of what may still happen, null for everything
    Decisions(long seed, @Nullable Set<String> allowed) {
        this.seed = mixed(seed);
        this.allowed = allowed;
    }

    /// Whether something out of the ordinary happens.
    ///
    /// @param told how it reads among the steps
    boolean happens(String label, double probability, Supplier<String> told) {
        if (calm || probability <= 0 || (hash(label) >>> 11) * 0x1.0p-53 >= probability) {
            return false;
        }
        if (allowed != null && !allowed.contains(label)) {
            return false;
        }
        taken.put(label, told.get());
        return true;
    }

    /// Which of so many; no step by itself.
    int pick(String label, int bound) {
        return (int) Long.remainderUnsigned(hash(label), bound);
    }

    /// The same for what is counted rather than named.
    int pick(long about, int bound) {
        return (int) Long.remainderUnsigned(mixed(seed ^ mixed(about)), bound);
    }

    /// From 0 to 1; no step by itself.
    double share(String label) {
        return (hash(label) >>> 11) * 0x1.0p-53;
    }

    /// From now on nothing out of the ordinary happens.
    void calm() {
        calm = true;
    }

    /// What happened out of the ordinary, by label.
    Map<String, String> taken() {
        return taken;
    }

    private long hash(String label) {
        var hash = seed;
        for (var i = 0; i < label.length(); i++) {
            hash = (hash ^ label.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    private static long mixed(long value) {
        var z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
