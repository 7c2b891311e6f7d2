package dev.baton.lambda.internal.state;

import dev.baton.lambda.internal.objects.WriteResult;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// A short wait of random length, so that two writers who met do not meet again.
public final class Pause {
    private static final long NANOS = 20_000_000;

    private Pause() {}

    /// Where S3 said that another write to the key is under way.
    public static void after(WriteResult result) {
        if (result instanceof WriteResult.Conflict) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(NANOS / 10, NANOS));
        }
    }
}
