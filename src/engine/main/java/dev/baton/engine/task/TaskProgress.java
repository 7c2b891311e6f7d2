package dev.baton.engine.task;

import org.jspecify.annotations.Nullable;

/// The progress of an attempt when the process that made it ended.
///
/// @param started whether a worker had taken it
/// @param submitted whether the service had answered the request
/// @param submission what it had answered; null unless submitted
public record TaskProgress(
        boolean started, boolean submitted, @Nullable Object submission) {}
