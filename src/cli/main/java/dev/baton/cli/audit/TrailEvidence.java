package dev.baton.cli.audit;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// The data events of S3 in the files of a CloudTrail trail.
///
/// @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">CloudTrail record contents</a>
///
/// @param bucket that the trail writes to
/// @param prefix of its files, down to `…/CloudTrail/`; may be empty
record TrailEvidence(S3Client s3, String bucket, String prefix) implements EvidenceSource {
    @Override
    public void read(AuditScope scope, LineSlot lines) throws IOException {
        if (!scope.asks(AuditKind.DATA_ACCESS)) {
            return;
        }
        for (var file : s3.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix))
                .contents()) {
            // A file holds what happened before it was written; digests lie beside under another name.
            if (file.key().endsWith(".json.gz")
                    && !file.key().contains("/CloudTrail-Digest/")
                    && !file.lastModified().isBefore(scope.from())) {
                read(scope, file.key(), lines);
            }
        }
    }

    private void read(AuditScope scope, String key, LineSlot lines) throws IOException {
        var place = "s3://" + bucket + "/" + key;
        try (var in = new GZIPInputStream(
                s3.getObject(request -> request.bucket(bucket).key(key)))) {
            if (!(Json.parseObject(in.readAllBytes()).get("Records") instanceof List<?> records)) {
                throw new JsonException("no member \"Records\"", 1, 1);
            }
            for (var record : records) {
                if (record instanceof Map<?, ?> event && "s3.amazonaws.com".equals(event.get("eventSource"))) {
                    var line = line(event);
                    if (isOf(scope, line)) {
                        lines.add(line);
                    }
                }
            }
        } catch (JsonException | ZipException | DateTimeException e) {
            lines.add(new EvidenceLine(
                    scope.from(), AuditKind.UNREADABLE, place, Map.of("reason", "is not a file of a trail")));
        }
    }

    private static boolean isOf(AuditScope scope, EvidenceLine line) {
        var requester = String.valueOf(line.details().get("requester"));
        return scope.pipelines().isEmpty()
                || scope.pipelines().stream().anyMatch(name -> requester.contains("-" + name + "-"));
    }

    private static EvidenceLine line(Map<?, ?> event) {
        var identity = event.get("userIdentity") instanceof Map<?, ?> map ? map : Map.of();
        var asked = event.get("requestParameters") instanceof Map<?, ?> map ? map : Map.of();
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("bucket", asked.get("bucketName"));
        details.put("error", event.get("errorCode"));
        details.put("key", asked.get("key"));
        details.put("operation", event.get("eventName"));
        details.put("remoteAddress", event.get("sourceIPAddress"));
        details.put("requester", identity.get("arn"));
        details.put("source", "cloudtrail");
        details.put("version", asked.get("versionId"));
        return new EvidenceLine(
                Instant.parse(String.valueOf(event.get("eventTime"))),
                AuditKind.DATA_ACCESS,
                String.valueOf(event.get("eventID")),
                details);
    }
}
