package dev.baton.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policy of a bucket in which several pipelines live: each brings its statements, and a bucket has but one policy.
public final class BucketPolicies {
    private BucketPolicies() {}

    /// One policy with the statements of both, those of equal text once. Both are about the same bucket, with nothing
    /// left to replace.
    ///
    /// @param there the policy that the bucket has; null where it has none
    /// @param added what a pipeline brings, [CompiledBucket#policy]
    public static Map<String, @Nullable Object> joined(
            @Nullable Map<String, @Nullable Object> there, Map<String, @Nullable Object> added) {
        var bySid = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        for (var policy : there == null ? List.of(added) : List.of(there, added)) {
            statements(policy).forEach(statement -> bySid.put(((Map<?, ?>) statement).get("Sid"), statement));
        }
        var both = new LinkedHashMap<>(added);
        both.put("Statement", new ArrayList<>(bySid.values()));
        return both;
    }

    private static List<?> statements(Map<String, @Nullable Object> policy) {
        var statements = policy.get("Statement");
        return statements instanceof List<?> list ? list : statements == null ? List.of() : List.of(statements);
    }
}
