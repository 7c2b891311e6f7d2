package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.reference.ServiceReference;
import dev.baton.task.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The policy of a task's role: what the tasks of one class may do, derived from `requires()`, `output()` and `uses()`.
record TaskPolicy(String pipeline, TaskClass type) {
    List<PolicyStatement> statements() {
        var statements = new ArrayList<PolicyStatement>();
        var read = Places.read(type);
        var written = Places.written(type);
        statements.add(
                PolicyStatement.allow("ReadInputs", List.of("s3:GetObject", "s3:GetObjectVersion"), read.objects()));
        writes(statements, "Output", written.patterns());
        statements.add(PolicyStatement.allow(
                "SeeOwnOutput", List.of("s3:GetObject", "s3:GetObjectVersion"), written.objects()));
        // Without the right to list, a missing key answers 403 like a forbidden one.
        var listed = new TreeMap<String, SortedSet<String>>();
        read.patterns().forEach((bucket, keys) -> merge(listed, bucket, keys));
        written.patterns().forEach((bucket, keys) -> merge(listed, bucket, keys));
        listed.forEach((bucket, keys) -> statements.add(lists("TellMissingFromForbidden", listed, bucket, keys)));
        state(statements);
        declared(statements);
        statements.addAll(uses());
        var readBuckets = new TreeSet<>(read.patterns().keySet());
        readBuckets.add(CompiledBucket.STATE);
        var writtenBuckets = new TreeSet<>(written.patterns().keySet());
        for (var access : type.uses()) {
            switch (access) {
                case Access.ReadObjects objects -> readBuckets.add(bucket(objects.prefix()));
                case Access.WriteObjects objects -> writtenBuckets.add(bucket(objects.prefix()));
                case Access.ReplaceObjects objects -> writtenBuckets.add(bucket(objects.prefix()));
                case Access.ListObjects objects -> {}
                case Access.Secret secret -> {}
                case Access.TableItems items -> {}
                case Access.Actions actions -> {}
            }
        }
        statements.addAll(KeyRights.statements(readBuckets, writtenBuckets));
        return statements;
    }

    /// Writing objects that are encrypted with the bucket's key. What ends an upload in parts says nothing of
    /// encryption: that was said when it began.
    private static void writes(
            List<PolicyStatement> statements, String what, Map<String, ? extends Set<String>> patterns) {
        var number = 0;
        var all = new ArrayList<String>();
        for (var bucket : patterns.entrySet()) {
            number++;
            var objects = bucket.getValue().stream()
                    .map(key -> Places.objectArn(bucket.getKey(), key))
                    .toList();
            var sid = "Write" + what + (patterns.size() == 1 ? "" : number);
            statements.add(
                    KeyRights.encrypted(PolicyStatement.allow(sid, List.of("s3:PutObject"), objects), bucket.getKey()));
            all.addAll(objects);
        }
        statements.add(PolicyStatement.allow(
                "Finish" + what, List.of("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"), all));
    }

    private static void merge(Map<String, SortedSet<String>> into, String bucket, Set<String> keys) {
        into.computeIfAbsent(bucket, name -> new TreeSet<>()).addAll(keys);
    }

    private static PolicyStatement lists(
            String sid, SortedMap<String, SortedSet<String>> all, String bucket, Set<String> prefixes) {
        var number =
                all.size() == 1 ? "" : String.valueOf(1 + all.headMap(bucket).size());
        return PolicyStatement.allow(sid + number, List.of("s3:ListBucket"), List.of(Places.bucketArn(bucket)))
                .when("StringLike", "s3:prefix", List.copyOf(prefixes));
    }

    private void state(List<PolicyStatement> statements) {
        var keys = StateObjects.read(pipeline, type);
        statements.add(PolicyStatement.allow(
                "ReadRecords",
                List.of("s3:GetObject"),
                keys.stream().map(StateObjects::arn).toList()));
        statements.add(
                PolicyStatement.allow("TellMissingRecords", List.of("s3:ListBucket"), List.of(StateObjects.BUCKET))
                        .when("StringLike", "s3:prefix", List.copyOf(keys)));
    }

    /// Objects beyond inputs and output.
    private void declared(List<PolicyStatement> statements) {
        var reads = new TreeSet<String>();
        var writes = new TreeMap<String, SortedSet<String>>();
        var lists = new TreeMap<String, SortedSet<String>>();
        var deletes = new TreeSet<String>();
        for (var access : type.uses()) {
            switch (access) {
                case Access.ReadObjects objects -> reads.add(under(objects.prefix()));
                case Access.WriteObjects objects -> write(writes, objects.prefix());
                case Access.ReplaceObjects objects -> {
                    write(writes, objects.prefix());
                    deletes.add(under(objects.prefix()));
                }
                case Access.ListObjects objects -> {
                    var prefix = key(objects.prefix());
                    merge(lists, bucket(objects.prefix()), new TreeSet<>(List.of(prefix, prefix + "*")));
                }
                case Access.Secret secret -> {}
                case Access.TableItems items -> {}
                case Access.Actions actions -> {}
            }
        }
        statements.add(PolicyStatement.allow(
                "ReadDeclared", List.of("s3:GetObject", "s3:GetObjectVersion"), List.copyOf(reads)));
        writes(statements, "Declared", writes);
        statements.add(PolicyStatement.allow("DeleteDeclared", List.of("s3:DeleteObject"), List.copyOf(deletes)));
        lists.forEach((bucket, prefixes) -> statements.add(lists("ListDeclared", lists, bucket, prefixes)));
    }

    /// The keys that the tasks of a class declare to write, by logical bucket.
    static Map<String, SortedSet<String>> declaredWrites(TaskClass type) {
        var writes = new TreeMap<String, SortedSet<String>>();
        for (var access : type.uses()) {
            switch (access) {
                case Access.WriteObjects objects -> write(writes, objects.prefix());
                case Access.ReplaceObjects objects -> write(writes, objects.prefix());
                case Access.ReadObjects objects -> {}
                case Access.ListObjects objects -> {}
                case Access.Secret secret -> {}
                case Access.TableItems items -> {}
                case Access.Actions actions -> {}
            }
        }
        return writes;
    }

    private static void write(Map<String, SortedSet<String>> writes, String prefix) {
        merge(writes, bucket(prefix), Set.of(key(prefix) + "*"));
    }

    /// What is declared beyond objects, and the item that is the output.
    List<PolicyStatement> uses() {
        var secrets = new TreeSet<String>();
        var rotated = new TreeSet<String>();
        var others = new ArrayList<PolicyStatement>();
        for (var access : type.uses()) {
            switch (access) {
                case Access.Secret secret ->
                    (secret.rotation().isPresent() ? rotated : secrets).add(SecretRotations.arn(secret.name()));
                case Access.TableItems items -> others.add(table(items, others.size() + 1));
                case Access.Actions actions ->
                    others.add(
                            PolicyStatement.allow("Use" + (others.size() + 1), actions.actions(), actions.resources()));
                case Access.ReadObjects objects -> {}
                case Access.WriteObjects objects -> {}
                case Access.ReplaceObjects objects -> {}
                case Access.ListObjects objects -> {}
            }
        }
        var statements = new ArrayList<PolicyStatement>();
        if (!secrets.isEmpty()) {
            statements.add(
                    PolicyStatement.allow("ReadSecrets", List.of("secretsmanager:GetSecretValue"), List.copyOf(secrets))
                            .when("StringEquals", "secretsmanager:VersionStage", List.of("AWSCURRENT")));
        }
        // A run that began with the version before keeps it.
        if (!rotated.isEmpty()) {
            statements.add(PolicyStatement.allow(
                            "ReadRotatedSecrets", List.of("secretsmanager:GetSecretValue"), List.copyOf(rotated))
                    .when("StringEquals", "secretsmanager:VersionStage", List.of("AWSCURRENT", "AWSPREVIOUS")));
        }
        statements.addAll(others);
        ItemRights.of(type).map(ItemRights::put).ifPresent(statements::add);
        return statements;
    }

    private static PolicyStatement table(Access.TableItems items, int number) {
        var table = "arn:${Partition}:dynamodb:${Region}:${AccountId}:table/" + items.table();
        var actions = items.operations().stream()
                .map(operation -> "dynamodb:" + operation)
                .toList();
        // Only some operations read an index.
        var indexed = actions.stream()
                .map(ServiceReference.aws()::action)
                .anyMatch(action -> action != null
                        && action.resources().stream()
                                .anyMatch(type -> type.type().equals("index")));
        var statement = PolicyStatement.allow(
                "Use" + number, actions, indexed ? List.of(table, table + "/index/*") : List.of(table));
        // ForAllValues holds where the key is missing altogether: so it must not be missing.
        return items.partitionKeys().isEmpty()
                ? statement
                : statement
                        .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", items.partitionKeys())
                        .when("Null", "dynamodb:LeadingKeys", List.of("false"));
    }

    private static String under(String prefix) {
        return Places.objectArn(bucket(prefix), key(prefix) + "*");
    }

    static String bucket(String uri) {
        return uri.substring("s3://".length(), uri.indexOf('/', "s3://".length()));
    }

    static String key(String uri) {
        return uri.substring(uri.indexOf('/', "s3://".length()) + 1);
    }
}
