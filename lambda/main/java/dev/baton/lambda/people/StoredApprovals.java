package dev.baton.lambda.people;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.run.ApprovalRecord;
import dev.baton.run.StateKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The approvals in the state bucket, and apart from them the tokens of the states that wait.
///
/// @param bucket the state bucket
record StoredApprovals(S3Access s3, String bucket) {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final int TRIES = 20;

    /// An approval as it stood at some moment.
    ///
    /// @param place its prefix
    record Seen(String place, String etag, ApprovalRecord approval) {}

    Optional<Seen> find(String place) {
        return Optional.ofNullable(s3.read(bucket, place + ApprovalRecord.NAME, null))
                .map(content -> new Seen(place, content.etag(), ApprovalRecord.parse(content.bytes())));
    }

    /// The approvals under a prefix.
    ///
    /// @param prefix of a run's keys, or the beginning of one
    List<Seen> under(String prefix) {
        try (var keys = s3.keys(bucket, prefix)) {
            return keys.filter(key -> key.endsWith("/" + ApprovalRecord.NAME))
                    .flatMap(key -> find(key.substring(0, key.length() - ApprovalRecord.NAME.length())).stream())
                    .toList();
        }
    }

    /// The prefix of the approvals of the run of a root execution, if it has written anything.
    Optional<String> ofExecution(String pipeline, String execution) {
        var runs = StateKeys.run(pipeline, "x");
        var prefix = runs.substring(0, runs.length() - "x/".length()) + execution + ".";
        try (var keys = s3.keys(bucket, prefix)) {
            return keys.findFirst()
                    .map(key -> key.substring(0, key.indexOf('/', prefix.length())))
                    .map(run -> StateKeys.approvals(pipeline, run.substring(run.lastIndexOf('/') + 1)));
        }
    }

    /// Changes an approval, as often as somebody else did so meanwhile.
    ///
    /// @param change from what is there, null where nothing is, to what is to be there; the same leaves it as it is
    Seen change(String place, Function<@Nullable ApprovalRecord, ApprovalRecord> change) {
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var seen = find(place).orElse(null);
            var before = seen == null ? null : seen.approval();
            var after = change.apply(before);
            if (seen != null && after.equals(before)) {
                return seen;
            }
            var result = s3.write(
                    bucket,
                    place + ApprovalRecord.NAME,
                    Json.bytes(after.toJson()),
                    JSON,
                    Map.of(),
                    seen == null ? new Precondition.Absent() : new Precondition.Unchanged(seen.etag()));
            if (result instanceof WriteResult.Written written) {
                return new Seen(place, written.etag(), after);
            }
        }
        throw new IllegalStateException("the approval " + place + " changed " + TRIES + " times while it was written");
    }

    /// Keeps the token of the state that waits now; an older one is of no use any more.
    void keepToken(String place, String token) {
        while (true) {
            var result = s3.write(
                    bucket,
                    StateKeys.approvalToken(place),
                    token.getBytes(StandardCharsets.UTF_8),
                    TEXT,
                    Map.of(),
                    new Precondition.Anything());
            if (result instanceof WriteResult.Written) {
                return;
            }
        }
    }

    Optional<String> token(String place) {
        return Optional.ofNullable(s3.read(bucket, StateKeys.approvalToken(place), null))
                .map(content -> new String(content.bytes(), StandardCharsets.UTF_8));
    }
}
