package dev.baton.cli.audit;

import dev.baton.run.EvidenceEntry;
import dev.baton.run.RevisionCheck;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/// What was written down in a state bucket: the evidence of what people decided, asked for and changed, and the checks
/// of revisions. All versions are read: what somebody wrote over is evidence, too.
///
/// @param bucket the state bucket
record StoredEvidence(S3Client s3, String bucket) implements EvidenceSource {
    @Override
    public void read(AuditScope scope, LineSlot lines) throws IOException {
        // Keys begin with the day, so what is older is not even listed; and they are listed in the order of their names.
        var first = EvidenceEntry.prefix(scope.from());
        var last = EvidenceEntry.prefix(scope.to()) + "~";
        for (var version : s3.listObjectVersionsPaginator(request ->
                        request.bucket(bucket).prefix(StateKeys.EVIDENCE).keyMarker(first))
                .versions()) {
            if (version.key().compareTo(last) > 0) {
                break;
            }
            var line = entry(scope, version);
            if (line != null) {
                lines.add(line);
            }
        }
        if (scope.asks(AuditKind.CHECK)) {
            for (var version : s3.listObjectVersionsPaginator(
                            request -> request.bucket(bucket).prefix(StateKeys.CHECKS))
                    .versions()) {
                lines.add(check(version));
            }
        }
    }

    /// Null where it is of a pipeline that was not asked for.
    private @Nullable EvidenceLine entry(AuditScope scope, ObjectVersion version) {
        try {
            var entry = EvidenceEntry.parse(content(version));
            if (!scope.asksPipeline(entry.pipeline()) && !entry.pipeline().isEmpty()) {
                return null;
            }
            var details = new LinkedHashMap<>(entry.details());
            details.put("pipeline", entry.pipeline());
            details.put("requester", entry.requester().toJson());
            return new EvidenceLine(entry.at(), AuditKind.of(entry.kind()), id(version), details);
        } catch (InvalidInput e) {
            return unreadable(version);
        }
    }

    private EvidenceLine check(ObjectVersion version) {
        try {
            var check = RevisionCheck.parse(content(version));
            var details = new LinkedHashMap<String, @Nullable Object>(check.toJson());
            details.remove("at");
            details.remove("version");
            return new EvidenceLine(check.at(), AuditKind.CHECK, id(version), details);
        } catch (InvalidInput e) {
            return unreadable(version);
        }
    }

    private byte[] content(ObjectVersion version) {
        return s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key(version.key()).versionId(version.versionId()))
                .asByteArray();
    }

    /// What is in it is not told: nobody knows what that is.
    private static EvidenceLine unreadable(ObjectVersion version) {
        return new EvidenceLine(
                version.lastModified(),
                AuditKind.UNREADABLE,
                id(version),
                Map.of("reason", "is not of a form that is known"));
    }

    private static String id(ObjectVersion version) {
        return version.key() + "?versionId=" + version.versionId();
    }
}
