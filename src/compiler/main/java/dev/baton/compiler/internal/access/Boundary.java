package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.PolicyRules;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.internal.policy.KeyPrefixes;
import dev.baton.compiler.pipeline.CompiledBoundary;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.run.StateKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The permissions boundary of a pipeline, what no role of a pipeline can ever do more than: read its buckets, write
/// where its tasks write, record completions of its own classes, use its functions, its state machines, its own task
/// roles, and what its tasks declare that they use. No right over identities, but to hand Scheduler the role of its
/// schedules where a run is redriven later, and of STS only to become one of its own tasks.
///
/// It is an administrator's, so that it holds whoever deploys the pipeline too, and makes roles and sessions as they
/// like.
final class Boundary {
    /// The most detail first; the last is taken although it does not fit, and refused as too long.
    private static final List<Detail> DETAILS = List.of(
            new Detail(12, 1_600, 12, false),
            new Detail(0, 1_600, 12, false),
            new Detail(0, 1_600, 4, false),
            new Detail(0, 1_600, 4, true),
            new Detail(0, 0, 4, true),
            new Detail(0, 0, 0, true));

    /// The beginning of the keys of checks and of completion records.
    private static final String COMMON = "c";

    private final String pipeline;
    private final ResourceNames names;
    private final Collection<String> functions;
    private final Collection<CompiledBucket> buckets;
    private final List<TaskClass> classes;
    private final List<PolicyStatement> uses;
    private final ContainerRights containers;
    private final List<String> calledAnywhere;
    private final boolean awaits;
    private final List<String> byToken;

    /// @param functions the names of all functions
    /// @param classes of the tasks that run
    /// @param uses what tasks declare beyond objects
    /// @param calledAnywhere the actions of calls of services that know no resource
    /// @param awaits whether anything waits for other branches
    /// @param byToken the actions that complete tasks by token, where some function does
    Boundary(
            String pipeline,
            ResourceNames names,
            Collection<String> functions,
            Collection<CompiledBucket> buckets,
            List<TaskClass> classes,
            List<PolicyStatement> uses,
            ContainerRights containers,
            List<String> calledAnywhere,
            boolean awaits,
            List<String> byToken) {
        this.pipeline = pipeline;
        this.names = names;
        this.functions = functions;
        this.buckets = buckets;
        this.classes = classes;
        this.uses = uses;
        this.containers = containers;
        this.calledAnywhere = List.copyOf(calledAnywhere);
        this.awaits = awaits;
        this.byToken = List.copyOf(byToken);
    }

    /// The level of detail: how much of a pipeline is named by itself.
    ///
    /// @param functions with more than so many, a pattern stands for all
    /// @param classes with more characters than so many, the packages of classes stand for them
    /// @param places with more than so many in a bucket, what they begin with stands for them; with 0, the bucket
    /// @param together whether statements without conditions are one
    private record Detail(int functions, int classes, int places, boolean together) {}

    CompiledBoundary policy() {
        for (var detail : DETAILS) {
            var statements = statements(detail);
            var policy = PolicyStatement.policy(detail.together() ? together("ItsOwn", statements) : statements);
            if (detail == DETAILS.getLast() || PolicyRules.fitsManaged(policy, buckets)) {
                return new CompiledBoundary(names.boundary(), names.rolePath(), policy);
            }
        }
        throw new AssertionError("the last is taken");
    }

    private List<PolicyStatement> statements(Detail detail) {
        var statements = new ArrayList<PolicyStatement>();
        statements.add(PolicyStatement.allow(
                "ReadBuckets",
                List.of("s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:ListBucketVersions"),
                buckets.stream().flatMap(bucket -> places(bucket, detail)).toList()));
        statements.add(PolicyStatement.allow(
                "WriteObjects",
                List.of("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"),
                written(detail.places())));
        statements.add(PolicyStatement.allow(
                        "WriteRecords",
                        List.of("s3:PutObject"),
                        List.of(StateObjects.arn("completions/" + WriterTags.value(WriterTags.RECORDS) + "/*")))
                .when("StringLike", "aws:PrincipalTag/" + WriterTags.RECORDS, recorded(detail)));
        statements.add(PolicyStatement.allow(
                        "Keys",
                        List.of("kms:Decrypt", "kms:GenerateDataKey"),
                        buckets.stream()
                                .map(bucket -> KeyRights.arn(bucket.logical()))
                                .toList())
                .when("StringEquals", "kms:ViaService", List.of("s3.${Region}.amazonaws.com")));
        statements.add(PolicyStatement.allow(
                "BecomeTasks",
                List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"),
                List.of(names.roleArn("*"))));
        statements.add(PolicyStatement.allow("InvokeFunctions", List.of("lambda:InvokeFunction"), invoked(detail)));
        var machine = ResourceNames.machineArn(names.machine());
        var parts = ResourceNames.machineArn(names.children());
        statements.add(PolicyStatement.allow(
                "Executions",
                List.of("states:DescribeStateMachine", "states:DescribeStateMachineAlias", "states:StartExecution"),
                List.of(machine, machine + ":*", parts)));
        var execution = ResourceNames.executionArn(names.machine());
        statements.add(PolicyStatement.allow(
                "RunningExecutions",
                List.of("states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"),
                List.of(execution + ":*", execution + "/*", ResourceNames.executionArn(names.children()))));
        statements.add(StatesRole.hearOfChildren());
        statements.add(RoleCompiler.tellOfCompletions(names));
        statements.add(PolicyStatement.allow("Logs", List.of("logs:CreateLogStream", "logs:PutLogEvents"), logs()));
        statements.add(PolicyStatement.deny("NothingOfOthers", List.of("*"), names.ofOthers(!containers.none())));
        statements.addAll(containers.bounds());
        statements.addAll(uses);
        // These know no resource. None of them reads or changes what is another's: tokens are secret, and the others
        // set up the delivery of logs and send traces.
        var anywhere = new TreeSet<>(byToken);
        anywhere.addAll(StatesRole.LOG_DELIVERY);
        anywhere.addAll(StatesRole.TRACES);
        anywhere.addAll(calledAnywhere);
        statements.add(PolicyStatement.allow("OnNothingInParticular", List.copyOf(anywhere), List.of("*")));
        return statements;
    }

    private Stream<String> places(CompiledBucket bucket, Detail detail) {
        if (!bucket.logical().equals(CompiledBucket.STATE)) {
            return Stream.of(bucket.arn(), bucket.arn() + "/*");
        }
        // What both begin with, and nothing else there does, where each letter counts.
        var records = detail.places() == 0
                ? Stream.of(COMMON + "*")
                : Stream.of(StateKeys.CHECKS + "*", StateKeys.COMPLETIONS + "*");
        return Stream.concat(
                Stream.of(StateObjects.BUCKET),
                Stream.of(records, Stream.of(StateKeys.CODE_PARTS + "*", StateObjects.runs(pipeline)))
                        .flatMap(keys -> keys)
                        .map(StateObjects::arn));
    }

    /// Where tasks write, and what is kept of runs.
    private List<String> written(int places) {
        var byBucket = new TreeMap<String, SortedSet<String>>();
        for (var type : classes) {
            Places.written(type)
                    .patterns()
                    .forEach((bucket, keys) -> byBucket.computeIfAbsent(bucket, any -> new TreeSet<>())
                            .addAll(keys));
            TaskPolicy.declaredWrites(type)
                    .forEach((bucket, keys) -> byBucket.computeIfAbsent(bucket, any -> new TreeSet<>())
                            .addAll(keys));
        }
        var objects = new ArrayList<String>();
        byBucket.forEach((bucket, keys) -> {
            var few = KeyPrefixes.atMost(places, KeyPrefixes.folders(keys, List.of()), List.of());
            (places == 0 ? List.of("*") : few).forEach(key -> objects.add(Places.objectArn(bucket, key)));
        });
        objects.add(StateObjects.arn(StateObjects.runs(pipeline)));
        objects.add(StateObjects.arn(StateObjects.starts(pipeline)));
        return objects;
    }

    /// The classes whose completions are recorded: whatever a session says that it is, it is one of these.
    private List<String> recorded(Detail detail) {
        var names = classes.stream()
                .map(type -> StateObjects.className(type.type()))
                .toList();
        return names.stream().mapToInt(name -> name.length() + "\"\",".length()).sum() <= detail.classes()
                ? names
                : List.copyOf(KeyPrefixes.atMost(
                        detail.places(),
                        names.stream()
                                .map(name -> name.substring(0, name.lastIndexOf('.') + 1) + "*")
                                .toList(),
                        List.of()));
    }

    /// Step Functions invokes versions; only the callback function is called by its name.
    private List<String> invoked(Detail detail) {
        var callback = ResourceNames.functionArn(names.own("callback"));
        return functions.size() <= detail.functions()
                ? Stream.concat(
                                awaits ? Stream.of(callback) : Stream.of(),
                                functions.stream().map(function -> ResourceNames.functionArn(function) + ":*"))
                        .toList()
                : List.of(ResourceNames.functionArn(names.own("*")));
    }

    private List<String> logs() {
        var mine = names.own("*");
        return containers.none()
                ? List.of(RoleCompiler.logGroup(mine))
                : List.of(RoleCompiler.logGroup(mine), ContainerRights.logGroup(mine));
    }

    /// The declared uses of all roles together, few enough for a boundary.
    static List<PolicyStatement> together(List<PolicyStatement> uses) {
        return together("Uses", uses);
    }

    /// What is allowed under equal conditions as one statement; but what is read is not written, and what knows no
    /// resource stays by itself.
    private static List<PolicyStatement> together(String sid, List<PolicyStatement> all) {
        var byShape = new LinkedHashMap<Object, PolicyStatement>();
        var apart = new ArrayList<PolicyStatement>();
        for (var each : all) {
            if (!each.allows() || each.resources().contains("*") || each.sid().equals("ReadBuckets")) {
                apart.add(each);
            } else {
                byShape.merge(each.conditions(), each, Boundary::both);
            }
        }
        var statements = new ArrayList<PolicyStatement>();
        byShape.values()
                .forEach(each -> statements.add(new PolicyStatement(
                        sid + (statements.size() + 1), true, each.actions(), each.resources(), each.conditions())));
        statements.addAll(apart);
        return statements;
    }

    private static PolicyStatement both(PolicyStatement one, PolicyStatement other) {
        return new PolicyStatement(
                one.sid(),
                true,
                Stream.concat(one.actions().stream(), other.actions().stream()).toList(),
                Stream.concat(one.resources().stream(), other.resources().stream())
                        .toList(),
                one.conditions());
    }
}
