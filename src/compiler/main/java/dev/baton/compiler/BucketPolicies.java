package dev.baton.compiler;

import dev.baton.compiler.internal.access.Globs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The policy of a bucket in which several pipelines live: each brings its statements, and a bucket has but one policy.
public final class BucketPolicies {
    private static final Pattern PIPELINE = Pattern.compile("arn:[^:]+:iam::[^:]+:role/baton/(?<pipeline>[^/]+)/.+");
    private static final String WRITERS = "ArnNotLike";
    private static final String PRINCIPAL = "aws:PrincipalArn";

    private BucketPolicies() {}

    /// One policy with the statements of both. What is there of an earlier deployment of the same pipeline goes; what
    /// another pipeline refuses stays. Where two pipelines write the same keys, because they have tasks of one class,
    /// both may. Both policies are about the same bucket, with nothing left to replace.
    ///
    /// @param there the policy that the bucket has; null where it has none
    /// @param added what a pipeline brings, [CompiledBucket#policy]
    public static Map<String, @Nullable Object> joined(
            @Nullable Map<String, @Nullable Object> there, Map<String, @Nullable Object> added) {
        var mine = statements(added);
        var pipelines = new TreeSet<String>();
        mine.forEach(statement -> pipelines.addAll(pipelines(writers(statement))));
        var bySid = new LinkedHashMap<@Nullable Object, Map<?, ?>>();
        for (var statement : there == null ? List.<Map<?, ?>>of() : statements(there)) {
            var writers = writers(statement);
            // Our own are among the writers of others' statements too; those stay others'.
            if (writers.isEmpty() || !pipelines.containsAll(pipelines(writers))) {
                bySid.put(statement.get("Sid"), statement);
            }
        }
        mine.forEach(statement -> bySid.put(statement.get("Sid"), statement));
        var all = new ArrayList<>(bySid.values());
        var both = new LinkedHashMap<>(added);
        both.put("Statement", all.stream().map(statement -> shared(statement, all)).toList());
        return both;
    }

    /// The statement with all those as writers who own keys that it covers.
    private static Map<?, ?> shared(Map<?, ?> statement, Collection<Map<?, ?>> all) {
        var writers = new TreeSet<>(writers(statement));
        if (writers.isEmpty()) {
            return statement;
        }
        for (var other : all) {
            if (texts(statement.get("Resource")).stream()
                    .anyMatch(mine -> texts(other.get("Resource")).stream()
                            .anyMatch(theirs -> Globs.covers(mine, theirs)))) {
                writers.addAll(writers(other));
            }
        }
        var shared = new LinkedHashMap<@Nullable Object, @Nullable Object>(statement);
        shared.put(
                "Condition",
                Map.of(
                        WRITERS,
                        Map.of(PRINCIPAL, writers.size() == 1 ? writers.getFirst() : List.copyOf(writers))));
        return shared;
    }

    private static Set<String> pipelines(Collection<String> roles) {
        var pipelines = new TreeSet<String>();
        for (var role : roles) {
            var matcher = PIPELINE.matcher(role);
            if (matcher.matches()) {
                pipelines.add(matcher.group("pipeline"));
            }
        }
        return pipelines;
    }

    /// The roles that a statement excepts; none where it is about something else.
    private static List<String> writers(Map<?, ?> statement) {
        return statement.get("Condition") instanceof Map<?, ?> condition
                        && condition.size() == 1
                        && condition.get(WRITERS) instanceof Map<?, ?> keys
                ? texts(keys.get(PRINCIPAL))
                : List.of();
    }

    private static List<Map<?, ?>> statements(Map<String, @Nullable Object> policy) {
        var statements = new ArrayList<Map<?, ?>>();
        var value = policy.get("Statement");
        for (var each : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (each instanceof Map<?, ?> statement) {
                statements.add(statement);
            }
        }
        return statements;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value == null ? List.of() : List.of(String.valueOf(value));
    }
}
