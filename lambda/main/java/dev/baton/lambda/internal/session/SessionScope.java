package dev.baton.lambda.internal.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of its role's rights that an attempt needs.
///
/// @param reads objects it reads, in any version
/// @param writes objects it writes
/// @param lists keys whose existence it asks for, and prefixes that it lists
/// @param others what `uses()` adds beyond objects, as actions on resources
public record SessionScope(List<Place> reads, List<Place> writes, List<Place> lists, List<Other> others) {

    public SessionScope {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        lists = List.copyOf(lists);
        others = List.copyOf(others);
    }

    /// An object's key, or all keys with a prefix.
    public record Place(String bucket, String key, boolean prefix) {
        /// Exactly one key.
        public static Place key(String bucket, String key) {
            return new Place(bucket, key, false);
        }

        /// Every key that begins so.
        public static Place under(String bucket, String prefix) {
            return new Place(bucket, prefix, true);
        }
    }

    /// Actions on resources, both as IAM names them.
    ///
    /// @param partition the one partition key of a table that they are about; null for anything
    public record Other(
            List<String> actions,
            List<String> resources,
            @Nullable String partition) {
        public Other {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }

        public Other(List<String> actions, List<String> resources) {
            this(actions, resources, null);
        }
    }
}
