package dev.baton.run;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an output says of itself in its metadata, so that an attempt that finds it knows whose work it is even where
/// the completion record is missing.
///
/// @param fingerprint of what it was made from
/// @param run whose work it is
/// @param runStartedAt when that run started
/// @param execution the ARN of the execution that made it
public record OutputMetadata(String fingerprint, String run, Instant runStartedAt, String execution) {
    private static final String FINGERPRINT = "baton-fingerprint";
    private static final String RUN = "baton-run";
    private static final String RUN_STARTED = "baton-run-started";
    private static final String EXECUTION = "baton-execution";

    public static OutputMetadata of(String fingerprint, RunReference run, String execution) {
        return new OutputMetadata(fingerprint, run.run(), run.startedAt(), execution);
    }

    /// Reads the metadata of an object; null where it has no such marks: then somebody else wrote it.
    ///
    /// @param metadata the user's, names in lower case
    public static @Nullable OutputMetadata of(Map<String, String> metadata) {
        var fingerprint = metadata.get(FINGERPRINT);
        var run = metadata.get(RUN);
        var started = metadata.get(RUN_STARTED);
        if (fingerprint == null || run == null || started == null) {
            return null;
        }
        try {
            return new OutputMetadata(
                    fingerprint,
                    run,
                    Instant.parse(started),
                    URLDecoder.decode(metadata.getOrDefault(EXECUTION, ""), StandardCharsets.UTF_8));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public RunOrder order() {
        return new RunOrder(runStartedAt, run);
    }

    /// As S3 takes it: ASCII only.
    public Map<String, String> metadata() {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(FINGERPRINT, fingerprint);
        metadata.put(RUN, run);
        metadata.put(RUN_STARTED, runStartedAt.toString());
        metadata.put(EXECUTION, URLEncoder.encode(execution, StandardCharsets.UTF_8));
        return metadata;
    }
}
