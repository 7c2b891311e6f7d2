package dev.baton.compiler.internal.access;

import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.internal.Names;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.task.run.StateKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The buckets of a pipeline and what they refuse whoever asks.
///
/// Outputs, records and pins have one writer each: the role that the pipeline gives them. Where uploads arrive, where
/// tasks only declare to write, and where a service writes an output, anybody may write whose own policies say so.
final class Buckets {
    private final String pipeline;
    private final Names names;
    private final List<TaskClass> classes;
    private final Places externals;
    private final Limits limits;

    /// The policy of a bucket has at most 20,480 bytes, so that not everything can be told apart in it.
    ///
    /// @param writers with more than so many in a bucket, one statement stands for all roles of the pipeline
    /// @param patterns with more than so many, what they begin with stands for them
    record Limits(int writers, int patterns) {
        static final Limits USUAL = new Limits(30, 100);
    }

    /// @param classes of the tasks that run
    /// @param externals where others write
    Buckets(String pipeline, Names names, List<TaskClass> classes, Places externals, Limits limits) {
        this.pipeline = pipeline;
        this.names = names;
        this.classes = classes;
        this.externals = externals;
        this.limits = limits;
    }

    /// @param logical the logical buckets that tasks name
    List<CompiledBucket> all(Collection<String> logical) {
        var writers = writers();
        var all = new TreeSet<>(logical);
        all.add(CompiledBucket.STATE);
        return all.stream()
                .map(bucket -> bucket(bucket, writers.getOrDefault(bucket, new TreeMap<>())))
                .toList();
    }

    private CompiledBucket bucket(String logical, Map<String, SortedSet<String>> writers) {
        var arn = Places.bucketArn(logical);
        var objects = List.of(arn + "/*");
        var statements = new ArrayList<Statement>();
        statements.add(Statement.deny("OnlyByTls", List.of("s3:*"), List.of(arn, arn + "/*"))
                .when("Bool", "aws:SecureTransport", List.of("false")));
        // Whoever says nothing gets the bucket's default, so a plain upload works. StringNotEquals alone would hold
        // for those as well.
        statements.add(otherThan("OnlyKms", objects, Keys.ALGORITHM, "aws:kms"));
        statements.add(otherThan("OnlyItsKey", objects, Keys.KEY_ID, Keys.arn(logical)));
        // Who asks for KMS and names no key gets the account's key for S3, not the bucket's default.
        statements.add(Statement.deny("OnlyANamedKey", List.of("s3:PutObject"), objects)
                .when("Null", Keys.ALGORITHM, List.of("false"))
                .when("Null", Keys.KEY_ID, List.of("true")));
        statements.add(Statement.deny("NoKeysOfTheirOwn", List.of("s3:PutObject"), objects)
                .when("Null", "s3:x-amz-server-side-encryption-customer-algorithm", List.of("false")));
        statements.addAll(owned(logical, arn, writers));
        return new CompiledBucket(
                logical,
                Names.bucketPlaceholder(logical),
                Names.keyPlaceholder(logical),
                Statement.resourcePolicy(statements));
    }

    private static Statement otherThan(String sid, List<String> objects, String key, String value) {
        return Statement.deny(sid, List.of("s3:PutObject"), objects)
                .when("StringNotEquals", key, List.of(value))
                .when("Null", key, List.of("false"));
    }

    /// @param writers by pattern of keys
    private List<Statement> owned(String logical, String bucket, Map<String, SortedSet<String>> writers) {
        var roles = new TreeSet<String>();
        writers.values().forEach(roles::addAll);
        if (roles.size() > limits.writers() || writers.size() > limits.patterns()) {
            var patterns = writers.size() > limits.patterns() ? begins(logical, writers.keySet()) : writers.keySet();
            return patterns.isEmpty()
                    ? List.of()
                    : List.of(owned(
                            Names.sid("Only-roles-of-" + pipeline), bucket, patterns, List.of(names.roleArn("*"))));
        }
        // A star crosses slashes, so that the pattern of one class may cover keys of another.
        var patternsByWriters = new TreeMap<String, Owned>();
        writers.forEach((pattern, own) -> {
            var all = new TreeSet<>(own);
            writers.forEach((other, theirs) -> {
                if (Globs.covers(pattern, other)) {
                    all.addAll(theirs);
                }
            });
            patternsByWriters
                    .computeIfAbsent(String.join("-or-", all), any -> new Owned(all, new TreeSet<>()))
                    .patterns()
                    .add(pattern);
        });
        var statements = new ArrayList<Statement>();
        patternsByWriters.forEach((words, owned) -> statements.add(owned(
                Names.sid("Only-" + words),
                bucket,
                owned.patterns(),
                owned.roles().stream().map(names::roleArn).toList())));
        return statements;
    }

    /// What patterns begin with, but for what would shut out those who bring the external inputs. Records of other
    /// pipelines lie beside this one's: of theirs only what has the classes' package in common is told.
    private SortedSet<String> begins(String logical, Collection<String> patterns) {
        var begins = new TreeSet<String>();
        if (logical.equals(CompiledBucket.STATE)) {
            begins.add(StateObjects.runs(pipeline));
            var common = common(patterns.stream()
                    .filter(pattern -> pattern.startsWith("completions/"))
                    .toList());
            if (common.contains(".")) {
                begins.add(common + "*");
            }
            return begins;
        }
        var others = externals.patterns().getOrDefault(logical, new TreeSet<>());
        for (var pattern : patterns) {
            var slash = pattern.substring(0, (pattern + "*").indexOf('*')).lastIndexOf('/');
            var begin = pattern.substring(0, slash + 1) + "*";
            if (slash > 0 && others.stream().noneMatch(other -> Globs.covers(begin, other))) {
                begins.add(begin);
            }
        }
        return begins.size() > limits.patterns() ? new TreeSet<>() : begins;
    }

    private static String common(List<String> texts) {
        var common = texts.isEmpty() ? "" : texts.getFirst();
        for (var text : texts) {
            while (!text.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return common;
    }

    /// @param patterns of keys that only these roles write
    private record Owned(SortedSet<String> roles, SortedSet<String> patterns) {}

    private static Statement owned(String sid, String bucket, Collection<String> patterns, List<String> roles) {
        return Statement.deny(
                        sid,
                        List.of("s3:PutObject"),
                        patterns.stream().map(pattern -> bucket + "/" + pattern).toList())
                .when("ArnNotLike", "aws:PrincipalArn", roles);
    }

    /// The names of the roles that may write, by logical bucket and pattern of keys.
    private Map<String, Map<String, SortedSet<String>>> writers() {
        var writers = new TreeMap<String, Map<String, SortedSet<String>>>();
        var state = writers.computeIfAbsent(CompiledBucket.STATE, bucket -> new TreeMap<>());
        for (var type : classes) {
            var taskClass = type.type();
            if (!type.writtenByService()) {
                Places.written(type).patterns().forEach((bucket, patterns) -> patterns.forEach(pattern -> put(
                        writers.computeIfAbsent(bucket, name -> new TreeMap<>()), pattern, names.taskRole(taskClass))));
            }
            StateObjects.written(pipeline, type).forEach(pattern -> put(state, pattern, names.runnerRole(taskClass)));
            if (type.expands()) {
                put(state, StateKeys.itemResultsPattern(pipeline, taskClass), names.own("states"));
            }
        }
        put(state, StateObjects.pins(pipeline), names.own("pin"));
        put(state, StateObjects.awaits(pipeline), names.own("await"));
        put(state, StateObjects.awaits(pipeline), names.own("callback"));
        return writers;
    }

    private static void put(Map<String, SortedSet<String>> writers, String pattern, String role) {
        writers.computeIfAbsent(pattern, any -> new TreeSet<>()).add(role);
    }
}
