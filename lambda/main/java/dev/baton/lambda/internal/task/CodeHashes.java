package dev.baton.lambda.internal.task;

/// The hash of the code that a task's output depends on.
@FunctionalInterface
interface CodeHashes {
    String of(Class<?> taskClass);
}
