package dev.baton.lambda.internal.objects;

import org.jspecify.annotations.Nullable;

/// A condition that must hold at the moment of a write.
public sealed interface Precondition {

    /// The header of the same name, null for none.
    default @Nullable String ifMatch() {
        return null;
    }

    /// The header of the same name, null for none.
    default @Nullable String ifNoneMatch() {
        return null;
    }

    /// There is no object under the key.
    record Absent() implements Precondition {
        @Override
        public String ifNoneMatch() {
            return "*";
        }
    }

    /// The object under the key is the one that was seen.
    record Unchanged(String etag) implements Precondition {
        @Override
        public String ifMatch() {
            return etag;
        }
    }

    /// Nothing: the write replaces whatever is there.
    record Anything() implements Precondition {}

    /// The precondition that the key is as it was seen.
    static Precondition asSeen(@Nullable StoredObject seen) {
        return seen == null ? new Absent() : new Unchanged(seen.etag());
    }
}
