package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.internal.policy.KeyPrefixes;
import dev.baton.compiler.pipeline.BucketPolicies;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.run.RoleSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The buckets of a pipeline and what they refuse whoever asks.
///
/// Outputs, records and pins have one writer each: the role whose tags say so ([WriterTags]). What is said of these
/// holds for every pipeline in the bucket, and is there once. Where uploads arrive, where tasks only declare to write,
/// and where a service writes an output, anybody may write whose own policies say so.
///
/// @param classes of the tasks that run
/// @param externals where others write
record BucketCompiler(ResourceNames names, List<TaskClass> classes, Places externals) {
    /// The place of an output stands in the policy of its bucket, which all pipelines share: with more than so many
    /// places, what they begin with stands for them.
    private static final int MOST_PLACES = 4;

    /// @param logical the logical buckets that tasks name
    List<CompiledBucket> all(Collection<String> logical) {
        var outputs = outputs();
        var all = new TreeSet<>(logical);
        all.add(CompiledBucket.STATE);
        return all.stream()
                .map(bucket -> bucket(bucket, outputs.getOrDefault(bucket, new TreeSet<>())))
                .toList();
    }

    private CompiledBucket bucket(String logical, SortedSet<String> outputs) {
        var arn = Places.bucketArn(logical);
        var objects = List.of(arn + "/*");
        var statements = new ArrayList<PolicyStatement>();
        statements.add(PolicyStatement.deny("OnlyByTls", List.of("s3:*"), List.of(arn, arn + "/*"))
                .when("Bool", "aws:SecureTransport", List.of("false")));
        // Whoever says nothing gets the bucket's default, so a plain upload works. StringNotEquals alone would hold
        // for those as well.
        statements.add(otherThan("OnlyKms", objects, KeyRights.ALGORITHM, "aws:kms"));
        statements.add(otherThan("OnlyItsKey", objects, KeyRights.KEY_ID, KeyRights.arn(logical)));
        // Who asks for KMS and names no key gets the account's key for S3, not the bucket's default.
        statements.add(PolicyStatement.deny("OnlyANamedKey", List.of("s3:PutObject"), objects)
                .when("Null", KeyRights.ALGORITHM, List.of("false"))
                .when("Null", KeyRights.KEY_ID, List.of("true")));
        statements.add(PolicyStatement.deny("NoKeysOfTheirOwn", List.of("s3:PutObject"), objects)
                .when("Null", "s3:x-amz-server-side-encryption-customer-algorithm", List.of("false")));
        var uploads = uploads(logical);
        if (logical.equals(CompiledBucket.STATE)) {
            // A session may say of itself that it is another pipeline's, but not of which path its role is.
            statements.add(only(
                    BucketPolicies.ONLY_ROLES,
                    List.of(arn + "/completions/*", arn + "/runs/*", arn + "/starts/*"),
                    WriterTags.value(RoleSession.PIPELINE_TAG) + "/*"));
            statements.add(onlyOwn("OnlyItsOwnRecords", arn, WriterTags.records()));
            statements.addAll(EvidenceRefusals.statements(arn));
        } else {
            var places = KeyPrefixes.atMost(MOST_PLACES, KeyPrefixes.folders(outputs, uploads), uploads);
            if (!places.isEmpty()) {
                statements.add(only(
                        BucketPolicies.ONLY_ROLES,
                        places.stream().map(pattern -> arn + "/" + pattern).toList(),
                        "*"));
            }
            statements.add(onlyOwn("OnlyItsOwnOutputs", arn, WriterTags.outputs()));
        }
        return new CompiledBucket(
                logical,
                ResourceNames.bucketPlaceholder(logical),
                ResourceNames.keyPlaceholder(logical),
                PolicyStatement.resourcePolicy(statements),
                List.copyOf(uploads));
    }

    private static PolicyStatement otherThan(String sid, List<String> objects, String key, String value) {
        return PolicyStatement.deny(sid, List.of("s3:PutObject"), objects)
                .when("StringNotEquals", key, List.of(value))
                .when("Null", key, List.of("false"));
    }

    /// @param roles under the path of all pipelines' roles
    private PolicyStatement only(String sid, List<String> objects, String roles) {
        return PolicyStatement.deny(sid, List.of("s3:PutObject"), objects)
                .when("ArnNotLike", "aws:PrincipalArn", List.of(names.rolesArn(roles)));
    }

    private PolicyStatement onlyOwn(String sid, String bucket, List<String> keys) {
        return PolicyStatement.denyAllBut(
                        sid,
                        List.of("s3:PutObject"),
                        keys.stream().map(key -> bucket + "/" + key).toList())
                .when("ArnLike", "aws:PrincipalArn", List.of(names.rolesArn("*")));
    }

    /// The keys that tasks write and nobody else, by logical bucket.
    private Map<String, SortedSet<String>> outputs() {
        var outputs = new TreeMap<String, SortedSet<String>>();
        classes.stream()
                .filter(type -> !type.writtenByService())
                .forEach(type -> Places.written(type)
                        .patterns()
                        .forEach((bucket, keys) -> outputs.computeIfAbsent(bucket, any -> new TreeSet<>())
                                .addAll(keys)));
        return outputs;
    }

    /// The keys that others write.
    private SortedSet<String> uploads(String logical) {
        var uploads = new TreeSet<>(externals.patterns().getOrDefault(logical, new TreeSet<>()));
        for (var type : classes) {
            if (type.writtenByService()) {
                uploads.addAll(Places.written(type).patterns().getOrDefault(logical, new TreeSet<>()));
            }
            uploads.addAll(TaskPolicy.declaredWrites(type).getOrDefault(logical, new TreeSet<>()));
        }
        return uploads;
    }
}
