package dev.baton.lambda.internal.state;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.run.CompletionRecord;
import dev.baton.run.RunOrder;
import dev.baton.task.Superseded;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Completion records: read with a task's session, written with the function's own credentials.
public final class CompletionRecords {
    private static final int LOOKS = 20;

    private final S3Access reader;
    private final S3Access writer;
    private final String bucket;

    public CompletionRecords(S3Access reader, S3Access writer, String bucket) {
        this.reader = reader;
        this.writer = writer;
        this.bucket = bucket;
    }

    /// The record under a key, or null where there is none.
    public @Nullable Found find(String key) {
        var content = reader.read(bucket, key, null);
        return content == null ? null : new Found(CompletionRecord.parse(content.bytes()), content.etag());
    }

    /// Writes a record over the one that was seen, or over one that a run left that did not start later. The record of
    /// a later-started run stays; if it is about the same inputs, that is as good.
    ///
    /// @param further what this code adds to the record's own fields
    /// @throws Superseded when a later-started run's record for other inputs is there
    public void write(
            String key, CompletionRecord record, Map<String, @Nullable Object> further, @Nullable Found seen) {
        var json = new LinkedHashMap<>(record.toJson());
        json.putAll(further);
        var content = Json.bytes(json);
        var last = seen;
        for (var look = 0; look < LOOKS; look++) {
            if (last != null && order(last.record()).isLaterThan(order(record))) {
                refuseToGoBack(last.record(), record.fingerprint(), record.run());
                return;
            }
            var precondition = last == null ? new Precondition.Absent() : new Precondition.Unchanged(last.etag());
            var result = writer.write(bucket, key, content, "application/json", Map.of(), precondition);
            if (result instanceof WriteResult.Written) {
                return;
            }
            last = find(key);
        }
        throw new IllegalStateException(
                "the completion record " + key + " changed " + LOOKS + " times while it was to be written");
    }

    /// @throws Superseded when the record of a later run is about other inputs
    public static void refuseToGoBack(CompletionRecord later, String fingerprint, String run) {
        if (!later.fingerprint().equals(fingerprint)) {
            throw new Superseded(later.output().uri(), run, later.run());
        }
    }

    /// The order of the run of a record: when it started.
    public static RunOrder order(CompletionRecord record) {
        return new RunOrder(record.runStartedAt(), record.run());
    }

    /// A record and what to name when replacing it.
    public record Found(CompletionRecord record, String etag) {}
}
