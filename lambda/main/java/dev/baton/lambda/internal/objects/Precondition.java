package dev.baton.lambda.internal.objects;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What must hold at the moment of a write.
public sealed interface Precondition {

    /// What a request says so that S3 holds it.
    Map<String, String> headers();

    /// There is no object under the key.
    record Absent() implements Precondition {
        @Override
        public Map<String, String> headers() {
            return Map.of("If-None-Match", "*");
        }
    }

    /// The object under the key is the one that was seen.
    record Unchanged(String etag) implements Precondition {
        @Override
        public Map<String, String> headers() {
            return Map.of("If-Match", etag);
        }
    }

    /// Nothing: the write replaces whatever is there.
    record Anything() implements Precondition {
        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }

    /// The precondition that the key is as it was seen.
    static Precondition asSeen(@Nullable StoredObject seen) {
        return seen == null ? new Absent() : new Unchanged(seen.etag());
    }
}
