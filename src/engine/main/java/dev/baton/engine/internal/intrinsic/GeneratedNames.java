package dev.baton.engine.internal.intrinsic;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Names that nobody chose.
public final class GeneratedNames {
    private GeneratedNames() {}

    /// A random UUID of version 4, drawn from the execution's own source.
    public static String uuid(RandomGenerator random) {
        var high = random.nextLong() & ~0xF000L | 0x4000L;
        var low = random.nextLong() & ~(3L << 62) | 1L << 63;
        return new UUID(high, low).toString();
    }
}
