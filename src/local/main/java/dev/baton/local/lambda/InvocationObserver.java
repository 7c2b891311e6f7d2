package dev.baton.local.lambda;

import dev.baton.local.lambda.function.Invocation;

/// Is told of every invocation, on the thread that runs it. What it throws is ignored.
public interface InvocationObserver {

    default void started(Invocation invocation) {}

    default void finished(Invocation invocation, InvocationResult result) {}

    /// A destination was not told how an asynchronous invocation ended.
    default void undelivered(Invocation invocation, String destination, String problem) {}

    /// The function wrote to its log.
    default void logged(Invocation invocation, String text) {}
}
