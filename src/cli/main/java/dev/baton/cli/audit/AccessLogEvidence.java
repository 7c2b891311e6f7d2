package dev.baton.cli.audit;

import dev.baton.name.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// S3's server access logs: who asked for which object and got it or not.
///
/// The name of a log begins with the time of its delivery. Most are delivered within hours; what comes later than two
/// days is not looked for.
///
/// @param bucket that logs are delivered to
/// @param prefix of their keys; may be empty
record AccessLogEvidence(S3Client s3, String bucket, String prefix) implements EvidenceSource {
    private static final DateTimeFormatter DELIVERED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("[0-9]{4}(-[0-9]{2}){5}-[0-9A-F]{16}$");
    private static final Duration LATEST = Duration.ofDays(2);

    @Override
    public void read(AuditScope scope, LineSlot lines) throws IOException {
        if (!scope.asks(AuditKind.DATA_ACCESS)) {
            return;
        }
        var first = DELIVERED.format(scope.from());
        var last = DELIVERED.format(scope.to().plus(LATEST)) + "~";
        for (var log : s3.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(prefix))
                .contents()) {
            // Days may stand between the prefix and the name.
            var name = log.key().substring(log.key().lastIndexOf('/') + 1);
            var time = NAME.matcher(name);
            if (time.find()
                    && time.group().compareTo(first) >= 0
                    && time.group().compareTo(last) <= 0) {
                read(scope, log.key(), lines);
            }
        }
    }

    private void read(AuditScope scope, String key, LineSlot lines) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(
                s3.getObject(request -> request.bucket(bucket).key(key)), StandardCharsets.UTF_8))) {
            var number = 0;
            for (var text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (text.isEmpty()) {
                    continue;
                }
                var line = AccessLogLine.parse(text);
                if (line.isEmpty()) {
                    lines.add(new EvidenceLine(
                            scope.from(),
                            AuditKind.UNREADABLE,
                            "s3://" + bucket + "/" + key + "#" + number,
                            Map.of("reason", "is not a record of a server access log", "sha256", Sha256.hex(text))));
                } else if (isOf(scope, line.get())) {
                    lines.add(line(line.get()));
                }
            }
        }
    }

    /// Whose session a request is of, the name of its role says.
    private static boolean isOf(AuditScope scope, AccessLogLine line) {
        return scope.pipelines().isEmpty()
                || scope.pipelines().stream().anyMatch(name -> line.requester().contains("-" + name + "-"));
    }

    private static EvidenceLine line(AccessLogLine line) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("bucket", line.bucket());
        details.put("error", line.error().equals("-") ? null : line.error());
        details.put("key", line.key().equals("-") ? null : line.key());
        details.put("operation", line.operation());
        details.put("remoteAddress", line.remoteAddress());
        details.put("requester", line.requester().equals("-") ? null : line.requester());
        details.put("source", "s3-server-access-log");
        details.put("status", line.status());
        details.put("version", line.version().equals("-") ? null : line.version());
        // Several records may be of one request: of a request to delete many objects each has its own.
        return new EvidenceLine(
                line.time(),
                AuditKind.DATA_ACCESS,
                line.requestId() + " " + line.operation() + " " + line.bucket() + "/" + line.key(),
                details);
    }
}
