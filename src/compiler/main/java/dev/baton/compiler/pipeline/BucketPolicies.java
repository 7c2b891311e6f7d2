package dev.baton.compiler.pipeline;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.compiler.internal.policy.Globs;
import dev.baton.compiler.internal.policy.KeyPrefixes;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.run.Prefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The policy of a bucket in which several pipelines live. What it refuses is the same for all of them, and stands
/// there once; only the places of outputs, which nobody but roles of pipelines may write, are each pipeline's own.
public final class BucketPolicies {
    /// How many bytes [S3 takes](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html), blanks
    /// not counted.
    public static final int LONGEST = 20_480;

    /// The statement that keeps places for the roles of pipelines.
    public static final String ONLY_ROLES = "OnlyRolesOfPipelines";

    private static final Set<String> OURS = Set.of(
            "OnlyByTls",
            "OnlyKms",
            "OnlyItsKey",
            "OnlyANamedKey",
            "NoKeysOfTheirOwn",
            ONLY_ROLES,
            "OnlyItsOwnRecords",
            "OnlyItsOwnOutputs",
            "OnlyOnce",
            "NeverDeleted");

    /// What stands in the ARN of every role that an older Baton made, which knew one prefix.
    private static final String ROLES_OF_OLD = ":role" + Prefix.BATON.rolePath();

    private BucketPolicies() {}

    /// The wishes of one pipeline about a bucket, with nothing left to replace, or all with `${…}`.
    ///
    /// @param policy [CompiledBucket#policy]
    /// @param uploads [CompiledBucket#uploads]
    public record Wanted(Map<String, @Nullable Object> policy, List<String> uploads) {
        public Wanted {
            uploads = List.copyOf(uploads);
        }

        /// The wishes of a compiled bucket.
        public static Wanted of(CompiledBucket bucket) {
            return new Wanted(bucket.policy(), bucket.uploads());
        }

        /// The members `policy` and `uploads`.
        public Map<String, @Nullable Object> toJson() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("policy", policy);
            json.put("uploads", uploads);
            return json;
        }

        /// Reads what [#toJson] made. What an older Baton wrote is a policy alone, of which nothing is wanted any more.
        public static Optional<Wanted> of(@Nullable Object json) {
            return json instanceof Map<?, ?> members && members.get("policy") instanceof Map<?, ?> policy
                    ? Optional.of(new Wanted(object(policy), texts(members.get("uploads"))))
                    : Optional.empty();
        }
    }

    /// One policy of what pipelines want. Statements that are there and none of Baton's stay; those of Baton's that
    /// none wants any more go. Where it would be longer than S3 takes, fewer and shorter places stand for the places of
    /// outputs, as far as no upload is shut out.
    ///
    /// @param there the policy that the bucket has; null where it has none
    public static Map<String, @Nullable Object> joined(
            @Nullable Map<String, @Nullable Object> there, Collection<Wanted> wanted) {
        var bySid = new LinkedHashMap<@Nullable Object, Map<?, ?>>();
        if (there != null) {
            statements(there).stream()
                    .filter(statement -> !isOurs(statement))
                    .forEach(statement -> bySid.put(statement.get("Sid"), statement));
        }
        var places = new TreeSet<String>();
        var uploads = new TreeSet<String>();
        for (var each : wanted) {
            uploads.addAll(each.uploads());
            for (var statement : statements(each.policy())) {
                bySid.put(statement.get("Sid"), statement);
                if (ONLY_ROLES.equals(statement.get("Sid"))) {
                    places.addAll(texts(statement.get("Resource")));
                }
            }
        }
        var all = document(bySid.values(), places);
        for (var most = places.size() / 2; bytes(all) > LONGEST && most > 0; most /= 2) {
            all = document(bySid.values(), shortened(most, places, uploads));
        }
        return all;
    }

    /// @param places resources, all of one bucket
    private static Collection<String> shortened(int most, Set<String> places, Collection<String> uploads) {
        var first = places.iterator().next();
        var bucket = first.substring(0, first.indexOf('/') + 1);
        return KeyPrefixes.atMost(
                        most,
                        places.stream()
                                .map(place -> place.substring(bucket.length()))
                                .toList(),
                        uploads)
                .stream()
                .map(key -> bucket + key)
                .toList();
    }

    private static Map<String, @Nullable Object> document(Collection<Map<?, ?>> statements, Collection<String> places) {
        var all = new ArrayList<@Nullable Object>();
        for (var statement : statements) {
            if (ONLY_ROLES.equals(statement.get("Sid")) && !places.isEmpty()) {
                var together = new LinkedHashMap<>(object(statement));
                together.put("Resource", List.copyOf(places));
                all.add(together);
            } else {
                all.add(statement);
            }
        }
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("Version", "2012-10-17");
        document.put("Statement", all);
        return document;
    }

    /// The statement [#ONLY_ROLES] of a bucket as one pipeline would have it by itself, where it keeps what that one
    /// wants; as it is where it does not. Nothing, where the pipeline wants nothing of it.
    ///
    /// @param wanted the pipeline's own; null where it has none
    public static @Nullable Object own(@Nullable Object there, @Nullable Object wanted) {
        if (wanted == null) {
            return null;
        }
        if (!(there instanceof Map<?, ?> statement && wanted instanceof Map<?, ?> mine)) {
            return there;
        }
        var kept = texts(statement.get("Resource"));
        var keeps = texts(mine.get("Resource")).stream()
                .allMatch(place -> kept.stream().anyMatch(pattern -> Globs.covers(pattern, place)));
        if (!keeps) {
            return there;
        }
        var own = new LinkedHashMap<@Nullable Object, @Nullable Object>(statement);
        own.put("Resource", mine.get("Resource"));
        return own;
    }

    /// The finding that a bucket's policy is longer than S3 takes (CMP050), where it is, with who takes how much of it.
    ///
    /// @param bucket its name
    /// @param policy what [#joined] made
    /// @param wanted by pipeline
    public static Optional<Diagnostic> tooLong(
            String bucket, Map<String, @Nullable Object> policy, SortedMap<String, Wanted> wanted) {
        var bytes = bytes(policy);
        if (bytes <= LONGEST) {
            return Optional.empty();
        }
        var shares = new TreeMap<Integer, String>(Collections.reverseOrder());
        wanted.forEach((pipeline, each) -> {
            var places = statements(each.policy()).stream()
                    .filter(statement -> ONLY_ROLES.equals(statement.get("Sid")))
                    .flatMap(statement -> texts(statement.get("Resource")).stream())
                    .toList();
            var share = places.isEmpty() ? 0 : Json.print(places).length() - 1;
            shares.merge(share, pipeline, (one, other) -> one + ", " + other);
        });
        return Optional.of(CompilerFindings.bucketPolicyTooLong(bucket, bytes, LONGEST, shares));
    }

    /// The length of a policy, as S3 counts.
    public static int bytes(Map<String, @Nullable Object> policy) {
        return Json.print(policy).getBytes(StandardCharsets.UTF_8).length;
    }

    /// An older Baton said by itself of each role what nobody else may write.
    private static boolean isOurs(Map<?, ?> statement) {
        return OURS.contains(statement.get("Sid"))
                || statement.get("Condition") instanceof Map<?, ?> condition
                        && condition.size() == 1
                        && condition.get("ArnNotLike") instanceof Map<?, ?> keys
                        && keys.size() == 1
                        && !texts(keys.get("aws:PrincipalArn")).isEmpty()
                        && texts(keys.get("aws:PrincipalArn")).stream().allMatch(arn -> arn.contains(ROLES_OF_OLD));
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

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value == null ? List.of() : List.of(String.valueOf(value));
    }
}
