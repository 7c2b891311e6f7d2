package dev.baton.lambda;

import java.util.Arrays;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// How long a thread was in calls of the SDK's clients, as an interceptor of theirs sees it. The SDK finds it
/// through `software/amazon/awssdk/global/handlers/execution.interceptors` of the tests.
public final class SdkTime implements ExecutionInterceptor {
    /// Nanoseconds in calls, when the one under way began, and how many there were.
    private static final ThreadLocal<long[]> OF_THREAD = ThreadLocal.withInitial(() -> new long[3]);

    /// Begins anew for this thread.
    static void reset() {
        Arrays.fill(OF_THREAD.get(), 0);
    }

    static long nanos() {
        return OF_THREAD.get()[0];
    }

    static long calls() {
        return OF_THREAD.get()[2];
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        OF_THREAD.get()[1] = System.nanoTime();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        ended();
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        ended();
    }

    private static void ended() {
        var time = OF_THREAD.get();
        time[0] += System.nanoTime() - time[1];
        time[2]++;
    }
}
