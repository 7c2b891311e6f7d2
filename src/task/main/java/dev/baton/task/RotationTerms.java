package dev.baton.task;

import java.time.Duration;
import java.util.Optional;

/// The terms on which a secret is rotated: when a task has completed.
///
/// @param after the task, one of the pipeline (TSK116)
/// @param grace how long after it the version before may still be read; empty until the next rotation
/// @param function the name of the function of Lambda that rotates it; empty where Secrets Manager does it by itself
public record RotationTerms(Class<? extends Record> after, Optional<Duration> grace, Optional<String> function) {
    public RotationTerms {
        function.filter(name -> !name.matches("[A-Za-z0-9_-]{1,64}")).ifPresent(name -> {
            throw new IllegalArgumentException("no name of a function: " + name);
        });
    }
}
