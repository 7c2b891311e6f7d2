package dev.baton.lambda.people;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.run.EvidenceEntry;
import java.util.Map;

/// The evidence in the state bucket, to which is only ever added.
///
/// @param bucket the state bucket
record EvidenceLog(S3Access s3, String bucket) {
    private static final int TRIES = 10;

    /// Adds an entry. The same entry is there once, however often it is added.
    ///
    /// @throws IllegalStateException when it cannot be written; whoever decides then denies
    void add(EvidenceEntry entry) {
        var content = Json.bytes(entry.toJson());
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var result =
                    s3.write(bucket, entry.key(), content, "application/json", Map.of(), new Precondition.Absent());
            if (!(result instanceof WriteResult.Conflict)) {
                return;
            }
        }
        throw new IllegalStateException("evidence could not be written: " + entry.key());
    }
}
