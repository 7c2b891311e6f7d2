package dev.baton.lambda.internal.await;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.ConcurrentCalls;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.S3Access.Listed;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.run.Await;
import dev.baton.run.StateKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `awaits` objects of runs. Each is changed only by whoever saw its newest form.
final class AwaitObjects {
    /// More than a run has: every wake looks at all of a run's in turn, and one too few would forget each just before
    /// it is asked for again. About a kilobyte each.
    private static final int KEPT = 10_000;

    private final S3Access s3;
    private final String bucket;
    private final Map<Listed, Await> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Listed, Await> eldest) {
            return size() > KEPT;
        }
    };

    AwaitObjects(S3Access s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// An await as it stood at some moment.
    ///
    /// @param etag of that form of it
    record Seen(String key, String etag, Await await) {}

    /// The awaits that a run has, answered ones not among them.
    List<Listed> list(String pipeline, String run) {
        try (var listing = s3.list(bucket, StateKeys.awaits(pipeline, run))) {
            return listing.toList();
        }
    }

    /// The awaits of a listing as they stand now; those that are gone are left out.
    List<Seen> see(List<Listed> listed) {
        return ConcurrentCalls.map(listed, each -> Optional.ofNullable(see(each))).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private @Nullable Seen see(Listed listed) {
        synchronized (known) {
            var kept = known.get(listed);
            if (kept != null) {
                return new Seen(listed.key(), listed.etag(), kept);
            }
        }
        return see(listed.key());
    }

    /// An await as it stands now, or null where there is none.
    @Nullable
    Seen see(String key) {
        var content = s3.read(bucket, key, null);
        return content == null ? null : remember(new Seen(key, content.etag(), Await.parse(content.bytes())));
    }

    /// Writes an await, if it still stands as it was seen.
    ///
    /// @param seen null where there was none
    /// @return the new form, or null where it has changed
    @Nullable
    Seen write(String key, @Nullable Seen seen, Await await) {
        while (true) {
            var result = s3.write(
                    bucket,
                    key,
                    Json.bytes(await.toJson()),
                    "application/json",
                    Map.of(),
                    seen == null ? new Precondition.Absent() : new Precondition.Unchanged(seen.etag()));
            switch (result) {
                case WriteResult.Written written -> {
                    return remember(new Seen(key, written.etag(), await));
                }
                case WriteResult.Changed changed -> {
                    return null;
                }
                case WriteResult.Conflict conflict -> {
                    // The same again.
                }
            }
        }
    }

    /// Removes an await, if it still stands as it was seen.
    ///
    /// @return whether it did
    boolean remove(Seen seen) {
        return s3.delete(bucket, seen.key(), new Precondition.Unchanged(seen.etag()));
    }

    private Seen remember(Seen seen) {
        synchronized (known) {
            known.put(new Listed(seen.key(), seen.etag()), seen.await());
        }
        return seen;
    }
}
