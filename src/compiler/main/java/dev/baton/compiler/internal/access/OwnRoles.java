package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.graph.TaskNode;
import dev.baton.run.StateKeys;
import dev.baton.task.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// The roles of the functions that Baton itself adds to a pipeline.
final class OwnRoles {
    /// What completes a task by its token.
    static final List<String> BY_TOKEN =
            List.of("states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess");

    /// With more kinds of outputs in a bucket, the names of all of its objects may be listed: a role's policies have at
    /// most 10,240 characters.
    private static final int MOST_PATTERNS = 30;

    private final Pipeline declared;
    private final String pipeline;
    private final ResourceNames names;
    private final List<TaskNode> externals;
    private final List<? extends Class<?>> begun;
    private final List<String> machines;
    private final List<TaskClass> made;
    private final boolean governed;

    /// @param begun the classes of tasks that begin only when other branches have come so far
    /// @param machines the names of the pipeline's machine and of its children
    /// @param made the classes of all tasks that have outputs of their own
    /// @param governed whether policies about people hold
    OwnRoles(
            Pipeline declared,
            ResourceNames names,
            List<TaskNode> externals,
            List<? extends Class<?>> begun,
            List<String> machines,
            List<TaskClass> made,
            boolean governed) {
        this.governed = governed;
        this.declared = declared;
        this.pipeline = declared.name();
        this.names = names;
        this.externals = externals;
        this.begun = begun;
        this.machines = machines;
        this.made = made;
    }

    /// Sees the external inputs and writes down their versions.
    CompiledRole pin() {
        var statements = seeExternals(external -> {
            var template = external.template();
            var known = external.constants();
            // One key, and what a template with open parameters begins with.
            return List.of(template.pattern(known), template.prefix(known), template.prefix(Map.of()));
        });
        statements.add(PolicyStatement.allow(
                "PinVersions",
                List.of("s3:GetObject", "s3:PutObject"),
                List.of(StateObjects.arn(StateObjects.pins(pipeline)))));
        statements.add(PolicyStatement.allow(
                        "TellMissingFromForbidden", List.of("s3:ListBucket"), List.of(StateObjects.BUCKET))
                .when(
                        "StringLike",
                        "s3:prefix",
                        governed
                                ? List.of(
                                        StateObjects.pins(pipeline),
                                        StateKeys.CHECKS + "*",
                                        StateObjects.starts(pipeline))
                                : List.of(StateObjects.pins(pipeline), StateKeys.CHECKS + "*")));
        if (governed) {
            statements.add(PolicyStatement.allow(
                    "SeeWhoStarted",
                    List.of("s3:GetObject"),
                    List.of(StateObjects.arn(StateObjects.starts(pipeline)))));
        }
        statements.add(seeChecks());
        statements.addAll(SecretRotations.of(pipeline, names, made).seen());
        statements.addAll(KeyRights.statements(readBuckets(), List.of(CompiledBucket.STATE)));
        return role("pin", Kind.PIN, statements);
    }

    /// Sees the external inputs and starts executions.
    CompiledRole start() {
        var statements = seeExternals(external -> {
            var pattern = external.template().pattern(external.constants());
            var prefix = external.template().prefix(external.constants());
            // What an upload tells narrows a listing of the others; a longer prefix shows no more than a shorter one.
            return List.of(prefix.equals(pattern) ? pattern : prefix + "*");
        });
        var machine = machines.getFirst();
        // Step Functions asks about a version or an alias under its machine's own ARN.
        statements.add(PolicyStatement.allow(
                "StartExecutions", List.of("states:StartExecution"), List.of(ResourceNames.machineArn(machine))));
        statements.add(PolicyStatement.allow(
                "SeeExecutions",
                List.of("states:DescribeExecution"),
                List.of(ResourceNames.executionArn(machine) + ":*")));
        // The name of an execution tells which code it runs: the version behind the alias, else the definition.
        statements.add(PolicyStatement.allow(
                "SeeWhichCode",
                List.of("states:DescribeStateMachine", "states:DescribeStateMachineAlias"),
                List.of(ResourceNames.machineArn(machine), ResourceNames.machineArn(machine) + ":*")));
        // What earlier runs read and made: only what waits, or is not there any more, is started.
        var earlier = new ArrayList<>(StateObjects.together(pipeline, made));
        statements.add(PolicyStatement.allow(
                "SeeEarlierRuns",
                List.of("s3:GetObject"),
                earlier.stream().map(StateObjects::arn).toList()));
        earlier.add(StateKeys.CHECKS + "*");
        if (governed) {
            earlier.add(StateObjects.starts(pipeline));
            earlier.add(StateKeys.POLICIES + "*");
            earlier.add(StateKeys.access(pipeline) + "*");
        }
        statements.add(
                PolicyStatement.allow("TellNoRunFromForbidden", List.of("s3:ListBucket"), List.of(StateObjects.BUCKET))
                        .when("StringLike", "s3:prefix", earlier));
        statements.add(seeChecks());
        statements.addAll(seeOutputs());
        var items = made.stream().map(ItemRights::of).flatMap(Optional::stream).toList();
        for (var i = 0; i < items.size(); i++) {
            statements.add(items.get(i).see("SeeItems" + (items.size() == 1 ? "" : i + 1)));
        }
        statements.add(PolicyStatement.allow(
                "RecordWhoStarts",
                governed ? List.of("s3:GetObject", "s3:PutObject") : List.of("s3:PutObject"),
                List.of(StateObjects.arn(StateObjects.starts(pipeline)))));
        if (governed) {
            statements.addAll(GovernedRights.statements(pipeline));
            statements.add(GovernedRights.changes(machine));
        }
        statements.addAll(RedriveRights.statements(declared, names, machine, governed));
        statements.addAll(KeyRights.statements(readBuckets(), List.of(CompiledBucket.STATE)));
        return role("start", Kind.START, statements);
    }

    /// What was checked of the deployed code, where its environment demands that.
    private static PolicyStatement seeChecks() {
        return PolicyStatement.allow(
                "SeeChecks", List.of("s3:GetObject"), List.of(StateObjects.arn(StateKeys.CHECKS + "*")));
    }

    /// The only one that makes awaits. Nobody but Step Functions invokes its function: so what the callback function
    /// finds under `awaits/` is what the state machine says.
    CompiledRole await() {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(PolicyStatement.allow(
                "RegisterAwaits",
                List.of("s3:GetObject", "s3:PutObject"),
                List.of(StateObjects.arn(StateObjects.awaits(pipeline)))));
        statements.add(PolicyStatement.allow("ListRuns", List.of("s3:ListBucket"), List.of(StateObjects.BUCKET))
                .when("StringLike", "s3:prefix", List.of(StateObjects.runs(pipeline))));
        statements.add(begin());
        var callback = ResourceNames.functionArn(names.own("callback"));
        statements.add(PolicyStatement.allow(
                "NudgeTheCallback", List.of("lambda:InvokeFunction"), List.of(callback, callback + ":*")));
        statements.addAll(KeyRights.statements(List.of(CompiledBucket.STATE), List.of(CompiledBucket.STATE)));
        return role("await", Kind.AWAIT, statements);
    }

    /// `:*` are the versions; an unqualified name does not match it.
    private PolicyStatement begin() {
        return PolicyStatement.allow(
                "BeginWhatWaited",
                List.of("lambda:InvokeFunction"),
                begun.stream()
                        .map(task -> ResourceNames.functionArn(names.function(task)) + ":*")
                        .toList());
    }

    /// The only one that completes tasks by token. That right has no resource and no condition in IAM: the tokens
    /// themselves, which only this role can read, are what narrows it.
    CompiledRole callback() {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(PolicyStatement.allow(
                "KeepAwaits",
                List.of("s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
                List.of(StateObjects.arn(StateObjects.awaits(pipeline)))));
        // A result that got lost on its way is found where its task left it.
        statements.add(PolicyStatement.allow(
                "SeeWhatIsDone",
                List.of("s3:GetObject"),
                List.of(StateObjects.arn(StateObjects.runs(pipeline) + "/done/*"))));
        statements.add(PolicyStatement.allow("ListRuns", List.of("s3:ListBucket"), List.of(StateObjects.BUCKET))
                .when("StringLike", "s3:prefix", List.of(StateObjects.runs(pipeline))));
        statements.add(begin());
        statements.add(PolicyStatement.allow("CompleteByToken", BY_TOKEN, List.of("*")));
        statements.addAll(KeyRights.statements(List.of(CompiledBucket.STATE), List.of(CompiledBucket.STATE)));
        return role("callback", Kind.CALLBACK, statements);
    }

    /// The only one that keeps approvals and what was decided. It sees that an input or an output has another version now,
    /// and nothing of what is in it.
    CompiledRole approval() {
        var seen = new ArrayList<PolicyStatement>();
        var keys = new TreeMap<String, TreeSet<String>>();
        Places.of(externals)
                .patterns()
                .forEach((bucket, patterns) ->
                        keys.computeIfAbsent(bucket, any -> new TreeSet<>()).addAll(patterns));
        for (var type : made) {
            Places.written(type)
                    .patterns()
                    .forEach((bucket, patterns) ->
                            keys.computeIfAbsent(bucket, any -> new TreeSet<>()).addAll(patterns));
        }
        seen.addAll(seeVersions(keys));
        return role(
                "approval", Kind.APPROVAL, new ApprovalRights(pipeline, names, machines.getFirst()).statements(seen));
    }

    /// The only one that begins sessions of the role that people have, and ends them.
    CompiledRole access(PeopleRights rights) {
        return role(PeopleRights.FUNCTION, Kind.ACCESS, new ArrayList<>(rights.granting()));
    }

    private List<String> readBuckets() {
        return Stream.concat(
                        externals.stream().map(external -> external.template().bucket()),
                        Stream.of(CompiledBucket.STATE))
                .distinct()
                .toList();
    }

    /// @param listed the patterns of prefixes, and of keys that may be missing
    private List<PolicyStatement> seeExternals(Function<TaskNode, List<String>> listed) {
        var statements = new ArrayList<PolicyStatement>();
        var places = Places.of(externals);
        statements.add(
                PolicyStatement.allow("SeeInputs", List.of("s3:GetObject", "s3:GetObjectVersion"), places.objects()));
        var prefixes = new TreeMap<String, TreeSet<String>>();
        for (var external : externals) {
            prefixes.computeIfAbsent(external.template().bucket(), bucket -> new TreeSet<>())
                    .addAll(listed.apply(external));
        }
        prefixes.forEach((bucket, keys) -> {
            var number = prefixes.size() == 1
                    ? ""
                    : String.valueOf(1 + prefixes.headMap(bucket).size());
            statements.add(PolicyStatement.allow(
                            "ListInputs" + number, List.of("s3:ListBucket"), List.of(Places.bucketArn(bucket)))
                    .when("StringLike", "s3:prefix", List.copyOf(keys)));
        });
        return statements;
    }

    /// That an output is there is told by a list of its versions: whoever starts runs never reads what is in it.
    private List<PolicyStatement> seeOutputs() {
        var keys = new TreeMap<String, TreeSet<String>>();
        for (var type : made) {
            Places.written(type)
                    .patterns()
                    .forEach((bucket, patterns) ->
                            keys.computeIfAbsent(bucket, any -> new TreeSet<>()).addAll(patterns));
        }
        return seeVersions(keys);
    }

    /// @param keys patterns, by bucket
    private static List<PolicyStatement> seeVersions(TreeMap<String, TreeSet<String>> keys) {
        var statements = new ArrayList<PolicyStatement>();
        keys.forEach((bucket, patterns) -> {
            var number = keys.size() == 1
                    ? ""
                    : String.valueOf(1 + keys.headMap(bucket).size());
            var seen = PolicyStatement.allow(
                    "SeeOutputs" + number, List.of("s3:ListBucketVersions"), List.of(Places.bucketArn(bucket)));
            statements.add(
                    patterns.size() > MOST_PATTERNS
                            ? seen
                            : seen.when("StringLike", "s3:prefix", List.copyOf(patterns)));
        });
        return statements;
    }

    private CompiledRole role(String what, Kind kind, List<PolicyStatement> statements) {
        var name = names.own(what);
        statements.add(RoleCompiler.logs(name));
        return new CompiledRole(
                name,
                names.rolePath(),
                kind,
                RoleCompiler.lambdaTrust(),
                PolicyStatement.policy(statements),
                names.boundaryArn());
    }
}
