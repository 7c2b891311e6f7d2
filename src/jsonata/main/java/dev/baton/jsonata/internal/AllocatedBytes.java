package dev.baton.jsonata.internal;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// The bytes that the current thread has allocated so far, where the JVM counts them.
final class AllocatedBytes {
    private static final @Nullable ThreadMXBean THREADS =
            ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean && bean.isThreadAllocatedMemorySupported()
                    ? bean
                    : null;

    private AllocatedBytes() {}

    /// @return a number that does not grow where nobody counts: on other JVMs, and on virtual threads
    static long now() {
        return THREADS == null ? 0 : THREADS.getCurrentThreadAllocatedBytes();
    }
}
