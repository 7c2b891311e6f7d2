package dev.baton.local.iam.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The condition keys of one request with their values. Keys are told apart without regard to case.
///
/// A key that is absent is not there at all (`Null` is true); a key may also be there with no values.
@FunctionalInterface
public interface RequestContext {
    RequestContext EMPTY = key -> null;

    /// The values of a key, or null where the request has no such key.
    ///
    /// @param key in small letters, such as `aws:principalarn`
    @Nullable
    List<String> values(String key);

    /// This context, and the other's keys where this one lacks them.
    default RequestContext or(RequestContext other) {
        return key -> {
            var values = values(key);
            return values == null ? other.values(key) : values;
        };
    }

    static RequestContext of(Map<String, List<String>> keys) {
        var folded = new HashMap<String, List<String>>(keys.size() * 2);
        keys.forEach((key, values) -> folded.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return folded::get;
    }

    static Builder builder() {
        return new Builder();
    }

    /// Gathers keys; a null value leaves the key absent.
    final class Builder {
        private final Map<String, List<String>> keys = new HashMap<>();

        private Builder() {}

        public Builder put(String key, @Nullable String value) {
            if (value != null) {
                keys.put(key.toLowerCase(Locale.ROOT), List.of(value));
            }
            return this;
        }

        public Builder put(String key, boolean value) {
            return put(key, Boolean.toString(value));
        }

        public Builder put(String key, List<String> values) {
            keys.put(key.toLowerCase(Locale.ROOT), List.copyOf(values));
            return this;
        }

        /// Tags as `prefix/name`, such as `aws:RequestTag/owner`.
        public Builder tags(String prefix, Map<String, String> tags) {
            tags.forEach((name, value) -> put(prefix + "/" + name, value));
            return this;
        }

        /// The tags that a request gives: `aws:RequestTag/…`, and `aws:TagKeys`, which is absent where it gives none.
        public Builder requestTags(Map<String, String> tags) {
            if (!tags.isEmpty()) {
                put("aws:TagKeys", List.copyOf(tags.keySet()));
            }
            return tags("aws:RequestTag", tags);
        }

        public RequestContext build() {
            return Map.copyOf(keys)::get;
        }
    }
}
