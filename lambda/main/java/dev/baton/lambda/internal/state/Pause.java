package dev.baton.lambda.internal.state;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// A short wait of random length, so that two writers who met do not meet again.
public final class Pause {
    private static final long NANOS = 20_000_000;

    private Pause() {}

    /// After S3 said that another write to the key is under way.
    public static void afterConflict() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(NANOS / 10, NANOS));
    }
}
