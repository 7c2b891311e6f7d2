package dev.baton.cli.openlineage;

import dev.baton.run.FieldDigest;
import io.openlineage.client.utils.UUIDUtils;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The ids of runs: of version 7, so that they sort by when the run started, and computed from what the run is, so that
/// who tells of it again says the same.
final class RunIds {
    private RunIds() {}

    /// Of a pipeline's run.
    ///
    /// @param run its id, as `RunReference` has it
    /// @param startedAt of the root execution
    static UUID ofPipeline(String pipeline, String run, Instant startedAt) {
        return id(startedAt, new FieldDigest().add("pipeline").add(pipeline).add(run));
    }

    /// Of one attempt at a task.
    ///
    /// @param run the id of the run that it belongs to
    /// @param startedAt of that run's root execution
    /// @param task the full name of its class
    /// @param parameters of the task, canonically printed
    /// @param attempt counted from 0
    static UUID ofAttempt(String run, Instant startedAt, String task, Map<String, String> parameters, int attempt) {
        var digest = new FieldDigest()
                .add("attempt")
                .add(run)
                .add(task)
                .add(Integer.toString(attempt))
                .count(parameters.size());
        new TreeMap<>(parameters).forEach((name, value) -> digest.add(name).add(value));
        return id(startedAt, digest);
    }

    private static UUID id(Instant startedAt, FieldDigest digest) {
        return UUIDUtils.generateStaticUUID(
                startedAt.truncatedTo(ChronoUnit.MILLIS), digest.hex().getBytes(StandardCharsets.US_ASCII));
    }
}
