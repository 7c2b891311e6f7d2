package dev.baton.cli.diff;

import dev.baton.run.CompletionRecord;
import dev.baton.run.DataProfile;
import dev.baton.run.PinnedObject;
import dev.baton.run.TaskOutcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one run has at one node of the graph: an upload, or what a task made.
///
/// @param object the version that the run read or made; null where it has none
/// @param outcome of the task; null of an upload, and where the task did not complete
/// @param record of how it was made; null where nobody recorded it
/// @param profile of it; null where it is not known
record RunDataset(
        String uri,
        @Nullable PinnedObject object,
        @Nullable TaskOutcome outcome,
        @Nullable CompletionRecord record,
        @Nullable DataProfile profile) {

    /// How long the task ran; null where it did not run in this run.
    @Nullable
    Duration took() {
        return record == null || outcome != TaskOutcome.RAN
                ? null
                : Duration.between(record.startedAt(), record.endedAt());
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("uri", uri);
        json.put("version", object == null ? null : object.version());
        json.put("size", object == null ? null : object.size());
        json.put("outcome", outcome == null ? null : outcome.name());
        var took = took();
        json.put("milliseconds", took == null ? null : took.toMillis());
        json.put("revision", record == null ? null : record.revision().toJson());
        json.put("profile", profile == null ? null : profile.toJson());
        return json;
    }
}
