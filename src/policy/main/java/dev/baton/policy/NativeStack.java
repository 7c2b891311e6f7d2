package dev.baton.policy;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// A thread with a stack that Cedar's parser does not exhaust: it descends into brackets in native code, where an
/// exhausted stack ends the process. On a stack of 1 MB it does so for 80 of them, one in another.
final class NativeStack {
    private static final long BYTES = 64L << 20;

    private NativeStack() {}

    static <T> T call(Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        var thread = new Thread(null, task, "baton-policies", BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while policies were read", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("policies cannot be read: " + e.getCause(), e);
        }
    }
}
