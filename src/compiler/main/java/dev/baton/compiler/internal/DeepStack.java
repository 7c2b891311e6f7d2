package dev.baton.compiler.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Runs what recurses as deep as a graph nests: on the stack of whoever calls, and where that is too small, on a large
/// one.
public final class DeepStack {
    /// Reserved, and used only as far as the recursion goes.
    private static final long STACK_BYTES = 1L << 30;

    private DeepStack() {}

    /// Does the work, and returns or throws what it does; it may be begun twice.
    public static <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError e) {
            return onLargeStack(work);
        }
    }

    private static <T> T onLargeStack(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        new Thread(null, () -> complete(result, work), "deep", STACK_BYTES).start();
        try {
            return result.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
