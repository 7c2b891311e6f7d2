package dev.baton.local.secretsmanager;

import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A version of a secret: a value and the staging labels that are attached to it. Without labels it is deprecated.
///
/// @param id the token of the request that made it
/// @param value absent while a rotation has announced it and not put it
record SecretVersion(String id, Instant created, @Nullable SealedValue value, SortedSet<String> stages) {
    static final String CURRENT = "AWSCURRENT";
    static final String PENDING = "AWSPENDING";
    static final String PREVIOUS = "AWSPREVIOUS";

    SecretVersion(String id, Instant created, @Nullable SealedValue value, Collection<String> stages) {
        this(id, created, value, new TreeSet<>(stages));
    }

    /// A value as it is kept: encrypted.
    ///
    /// @param key the ARN of the KMS key
    /// @param binary whether it is bytes; otherwise a text
    /// @param blob base64
    record SealedValue(String key, boolean binary, String blob) {
        @Override
        public String toString() {
            return "SealedValue[" + key + "]";
        }
    }

    boolean isDeprecated() {
        return stages.isEmpty();
    }

    SecretVersion holding(SealedValue other) {
        return new SecretVersion(id, created, other, stages);
    }

    SecretVersion with(String stage) {
        var more = new TreeSet<>(stages);
        more.add(stage);
        return new SecretVersion(id, created, value, more);
    }

    SecretVersion without(String stage) {
        var fewer = new TreeSet<>(stages);
        fewer.remove(stage);
        return new SecretVersion(id, created, value, fewer);
    }

    Map<String, @Nullable Object> toJson() {
        var json = new JsonAnswer()
                .put("id", id)
                .put("created", created.toString())
                .put("stages", List.copyOf(stages));
        if (value != null) {
            json.put("key", value.key()).put("binary", value.binary()).put("blob", value.blob());
        }
        return json.map();
    }

    static SecretVersion of(StoredJson json) {
        var value = json.has("blob") ? new SealedValue(json.text("key"), json.flag("binary"), json.text("blob")) : null;
        return new SecretVersion(json.text("id"), json.time("created"), value, json.texts("stages"));
    }
}
