package dev.baton.lambda.people;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.run.RightsGrant;
import dev.baton.run.RightsRequest;
import dev.baton.run.RightsVerdict;
import dev.baton.run.StateKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rights for a while of one pipeline, as objects of the state bucket: each is written once, and none is changed.
///
/// @param bucket the state bucket
record StoredGrants(S3Access s3, String bucket, String pipeline) {
    private static final Pattern ID = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String REQUEST = "request";
    private static final String VERDICT = "verdict";
    private static final String REVOCATION = "revocation";
    private static final int TRIES = 10;

    /// The id of a request that is made at a time.
    static String id(Instant at, String hash) {
        return TIME.format(at) + "-" + hash.substring(0, 8);
    }

    /// A request with what became of it; nothing where there is none of that id.
    Optional<RightsGrant> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        return read(id, REQUEST, RightsRequest::parse)
                .map(request -> new RightsGrant(
                        request, read(id, VERDICT, RightsVerdict::parse), read(id, REVOCATION, RightsVerdict::parse)));
    }

    /// The requests that were made after a time, in their order.
    List<RightsGrant> since(Instant time) {
        var prefix = StateKeys.access(pipeline);
        var first = TIME.format(time);
        var ids = new TreeSet<String>();
        s3.keys(bucket, prefix).forEach(key -> {
            var rest = key.substring(prefix.length());
            var id = rest.substring(0, Math.max(0, rest.indexOf('/')));
            if (id.compareTo(first) >= 0) {
                ids.add(id);
            }
        });
        var found = new ArrayList<RightsGrant>();
        ids.forEach(id -> find(id).ifPresent(found::add));
        return found;
    }

    /// Whether this was the first to write it.
    boolean add(RightsRequest request) {
        return write(request.id(), REQUEST, request.toJson());
    }

    boolean decide(String id, RightsVerdict verdict) {
        return write(id, VERDICT, verdict.toJson());
    }

    boolean revoke(String id, RightsVerdict verdict) {
        return write(id, REVOCATION, verdict.toJson());
    }

    /// The revocations that were made after a time, as far as sessions may live that they end.
    List<RightsGrant> revokedSince(Instant time) {
        return since(time.minus(RightsRequest.OPEN).minus(RightsRequest.LONGEST).minus(Duration.ofMinutes(1))).stream()
                .filter(grant -> grant.revocation()
                        .filter(revoked -> revoked.at().isAfter(time))
                        .isPresent())
                .toList();
    }

    private <T> Optional<T> read(String id, String what, Function<byte[], T> form) {
        var content = s3.read(bucket, StateKeys.access(pipeline, id, what), null);
        return content == null ? Optional.empty() : Optional.of(form.apply(content.bytes()));
    }

    private boolean write(String id, String what, Map<String, @Nullable Object> json) {
        var key = StateKeys.access(pipeline, id, what);
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var result =
                    s3.write(bucket, key, Json.bytes(json), "application/json", Map.of(), new Precondition.Absent());
            if (result instanceof WriteResult.Written) {
                return true;
            }
            // An answer may have got lost: what is there may be our own.
            var there = s3.read(bucket, key, null);
            if (there != null) {
                return Arrays.equals(there.bytes(), Json.bytes(json));
            }
        }
        throw new IllegalStateException("could not be written: " + key);
    }
}
