package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.internal.policy.KeyPrefixes;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.run.PersonSession;
import dev.baton.run.RoleSession;
import dev.baton.run.StateKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rights of people for a while, and of the function that grants them.
///
/// The role that people have may do what any action of policies stands for, and never more; a session of it has the
/// part that was granted. Nobody but the access function assumes it. The statements are called after the actions.
///
/// @param machines the names of the pipeline's machine and of its children
/// @param approves whether there is an approval function
/// @param encrypted whether what a machine holds is read with a key
record PeopleRights(
        String pipeline,
        ResourceNames names,
        List<TaskClass> classes,
        List<String> machines,
        boolean approves,
        boolean encrypted) {
    /// What the function that grants rights is told of them.
    static final String ROLE = "people";

    static final String FUNCTION = "access";

    /// With more kinds of outputs in a bucket, the names of all of its objects may be listed.
    private static final int MOST_PATTERNS = 30;

    private static final List<String> SEE = List.of(
            "lambda:GetFunctionConfiguration", "states:DescribeStateMachine", "states:DescribeStateMachineAlias");
    private static final List<String> READ_OBJECTS = List.of("s3:GetObject", "s3:GetObjectVersion");
    private static final List<String> READ_EXECUTIONS =
            List.of("states:DescribeExecution", "states:GetExecutionHistory");
    private static final List<String> READ_LOGS =
            List.of("logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents");
    private static final String INVOKE = "lambda:InvokeFunction";

    /// The words of the actions that are asked of the start function.
    private static final List<String> BY_START = List.of("start", "rerun", "force", "backfill", "redrive", "stop");

    /// The role that people have.
    CompiledRole people() {
        return new CompiledRole(
                names.own(ROLE),
                names.rolePath(),
                Kind.PEOPLE,
                trust(),
                PolicyStatement.policy(statements()),
                names.boundaryArn());
    }

    private List<PolicyStatement> statements() {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(see());
        statements.add(PolicyStatement.allow("ReadOutputs", READ_OBJECTS, outputs()));
        statements.add(PolicyStatement.allow(
                "ReadRecords",
                READ_OBJECTS,
                records().stream().map(StateObjects::arn).toList()));
        statements.addAll(lists());
        statements.add(PolicyStatement.allow("ReadKeys", List.of("kms:Decrypt"), keys())
                .when("StringEquals", "kms:ViaService", List.of("s3.${Region}.amazonaws.com")));
        statements.add(PolicyStatement.allow(
                "ReadExecutions",
                READ_EXECUTIONS,
                machines.stream()
                        .map(machine -> ResourceNames.executionArn(machine) + ":*")
                        .toList()));
        statements.add(PolicyStatement.allow(
                "ReadWhatRan",
                List.of("states:ListExecutions"),
                machines.stream().map(ResourceNames::machineArn).toList()));
        statements.add(PolicyStatement.allow("ReadLogs", READ_LOGS, logs()));
        statements.add(PolicyStatement.allow("Start", List.of(INVOKE), function("start")));
        if (approves) {
            statements.add(PolicyStatement.allow("Approve", List.of(INVOKE), function("approval")));
        }
        return statements;
    }

    /// What every command asks first: which machine, which buckets.
    private PolicyStatement see() {
        var machine = ResourceNames.machineArn(names.machine());
        return PolicyStatement.allow(
                "See",
                SEE,
                Stream.concat(Stream.of(machine, machine + ":*"), function("start").stream())
                        .toList());
    }

    private static List<String> both(String arn) {
        return List.of(arn, arn + ":*");
    }

    private List<String> function(String what) {
        return both(ResourceNames.functionArn(names.own(what)));
    }

    private List<String> outputs() {
        var objects = new TreeSet<String>();
        patterns().forEach((bucket, keys) -> keys.forEach(key -> objects.add(Places.objectArn(bucket, key))));
        return List.copyOf(objects);
    }

    /// The names of what they may read.
    private List<PolicyStatement> lists() {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(list("ReadNamesOfRecords", StateObjects.BUCKET, records()));
        patterns()
                .forEach((bucket, keys) -> statements.add(
                        list("ReadNames" + statements.size(), Places.bucketArn(bucket), List.copyOf(keys))));
        return statements;
    }

    private static PolicyStatement list(String sid, String bucket, List<String> keys) {
        var list = PolicyStatement.allow(sid, List.of("s3:ListBucket"), List.of(bucket));
        var prefixes = keys.stream()
                .map(key -> key.substring(0, KeyPrefixes.literal(key)) + "*")
                .distinct()
                .toList();
        return prefixes.size() > MOST_PATTERNS ? list : list.when("StringLike", "s3:prefix", prefixes);
    }

    private Map<String, TreeSet<String>> patterns() {
        var patterns = new TreeMap<String, TreeSet<String>>();
        for (var type : classes) {
            Places.written(type)
                    .patterns()
                    .forEach((bucket, keys) -> patterns.computeIfAbsent(bucket, any -> new TreeSet<>())
                            .addAll(keys));
        }
        return patterns;
    }

    private List<String> keys() {
        return Stream.concat(patterns().keySet().stream(), Stream.of(CompiledBucket.STATE))
                .distinct()
                .map(KeyRights::arn)
                .toList();
    }

    /// What completed, and never what waits: where that is, tokens are.
    private List<String> records() {
        var keys = new TreeSet<>(StateObjects.together(pipeline, classes));
        keys.add(StateObjects.runs(pipeline) + "/done/*");
        keys.add(StateKeys.STARTS + pipeline + "/*");
        return List.copyOf(keys);
    }

    private List<String> logs() {
        return Stream.concat(
                        classes.stream()
                                .map(type -> names.function(type.type()))
                                .map(RoleCompiler::logGroup),
                        machines.stream()
                                .map(machine -> "arn:${Partition}:logs:${Region}:${AccountId}:log-group:"
                                        + "/aws/vendedlogs/states/" + machine + ":*"))
                .toList();
    }

    /// The access function alone begins sessions, each called after what was granted, for a person who is named.
    private Map<String, @Nullable Object> trust() {
        var assume = PolicyStatement.allow("BecomeAPerson", List.of("sts:AssumeRole"), List.of())
                .when("Null", "aws:RequestTag/" + RoleSession.REQUESTER_TAG, List.of("false"))
                .when("Null", "sts:SourceIdentity", List.of("false"))
                .when("StringLike", "sts:RoleSessionName", List.of(PersonSession.namePattern()));
        var tag = PolicyStatement.allow("SayWhichGrant", List.of("sts:TagSession"), List.of())
                .when(
                        "ForAllValues:StringEquals",
                        "aws:TagKeys",
                        List.of(PersonSession.GRANT_TAG, RoleSession.REQUESTER_TAG));
        var source = PolicyStatement.allow("SayWhoseItIs", List.of("sts:SetSourceIdentity"), List.of());
        var access = List.of(names.roleArn(names.own(FUNCTION)));
        return PolicyStatement.trust(
                "AWS",
                "arn:${Partition}:iam::${AccountId}:root",
                Stream.of(assume, tag, source)
                        .map(statement -> statement.when("ArnEquals", "aws:PrincipalArn", access))
                        .toList());
    }

    /// The rights of the access function.
    List<PolicyStatement> granting() {
        var statements = new ArrayList<PolicyStatement>();
        statements.addAll(GovernedRights.statements(pipeline));
        statements.add(PolicyStatement.allow("ListRequests", List.of("s3:ListBucket"), List.of(StateObjects.BUCKET))
                .when("StringLike", "s3:prefix", List.of(StateKeys.access(pipeline) + "*", StateKeys.POLICIES + "*")));
        statements.add(PolicyStatement.allow(
                "BeginSessions",
                List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"),
                List.of(role())));
        statements.addAll(grantingBounds());
        statements.addAll(KeyRights.statements(List.of(CompiledBucket.STATE), List.of(CompiledBucket.STATE)));
        return statements;
    }

    /// Those of them that no other function of the pipeline needs.
    private List<PolicyStatement> grantingBounds() {
        return List.of(
                PolicyStatement.allow(
                        "KeepRequests",
                        List.of("s3:PutObject"),
                        List.of(StateObjects.arn(StateKeys.access(pipeline) + "*"))),
                PolicyStatement.allow("EndSessions", List.of("iam:PutRolePolicy"), List.of(role())));
    }

    /// What boundaries have to let through, and what they refuse: whoever ends sessions writes a policy of the role that
    /// people have, and could write another one into it, but not past this.
    List<PolicyStatement> bounds() {
        var statements = new ArrayList<>(grantingBounds());
        statements.add(see());
        statements.add(PolicyStatement.allow("PeopleAsk", List.of(INVOKE), asked()));
        statements.add(PolicyStatement.allow(
                "PeopleRead",
                List.of("states:GetExecutionHistory", "states:ListExecutions"),
                Stream.concat(
                                machines.stream().map(machine -> ResourceNames.executionArn(machine) + ":*"),
                                machines.stream().map(ResourceNames::machineArn))
                        .toList()));
        statements.add(PolicyStatement.allow("PeopleReadLogs", READ_LOGS, boundedLogs()));
        statements.add(PolicyStatement.deny(
                        "PeopleChangeNothing",
                        List.of(
                                "events:*",
                                "iam:*",
                                "kms:GenerateDataKey",
                                "s3:Delete*",
                                "s3:Put*",
                                "states:S*",
                                "sts:*"),
                        List.of("*"))
                .when("ArnEquals", "aws:PrincipalArn", List.of(role())));
        return statements;
    }

    private List<String> asked() {
        return approves
                ? Stream.concat(function("start").stream(), function("approval").stream())
                        .toList()
                : function("start");
    }

    private List<String> boundedLogs() {
        return Stream.concat(
                        Stream.of(RoleCompiler.logGroup(names.own("*"))),
                        Stream.of(names.machine(), names.children())
                                .map(machine -> "arn:${Partition}:logs:${Region}:${AccountId}:log-group:"
                                        + "/aws/vendedlogs/states/" + machine + ":*"))
                .toList();
    }

    private String role() {
        return names.roleArn(names.own(ROLE));
    }

    /// What the access function is told of the role: by the words of the actions what they stand for. The role's own
    /// policy narrows what is read to what it is.
    Map<String, Object> told() {
        var seen = right(
                encrypted
                        ? Stream.concat(SEE.stream(), Stream.of("kms:Decrypt")).toList()
                        : SEE,
                List.of("*"));
        var actions = new TreeMap<String, Object>();
        actions.put(
                "read",
                List.of(
                        seen,
                        right(
                                Stream.of(
                                                READ_OBJECTS,
                                                List.of("kms:Decrypt", "s3:ListBucket", "states:ListExecutions"),
                                                READ_EXECUTIONS,
                                                READ_LOGS)
                                        .flatMap(List::stream)
                                        .toList(),
                                List.of("*"))));
        for (var word : BY_START) {
            actions.put(word, List.of(seen, right(List.of(INVOKE), function("start"))));
        }
        if (approves) {
            actions.put("approve", List.of(seen, right(List.of(INVOKE), function("approval"))));
        }
        return new LinkedHashMap<>(actions);
    }

    private static Map<String, Object> right(List<String> actions, List<String> resources) {
        var right = new LinkedHashMap<String, Object>();
        right.put("actions", actions);
        right.put("resources", resources);
        return right;
    }
}
