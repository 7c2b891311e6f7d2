package dev.baton.compiler.internal.access;

import dev.baton.compiler.CompiledBoundary;
import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.internal.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What no role of a pipeline can ever do more than: its buckets with their keys, its functions, its state machines, its
/// own task roles, and what its tasks declare that they use. No right over identities, and of STS only to become one of
/// its own tasks.
final class Boundary {
    /// With more functions or uses than so many, a pattern stands for all.
    private static final int MOST_NAMED = 12;

    private final String pipeline;
    private final Names names;
    private final Collection<String> functions;
    private final Collection<CompiledBucket> buckets;
    private final List<Statement> uses;
    private final ContainerRights containers;
    private final List<String> calledAnywhere;
    private final boolean awaits;

    /// @param functions the names of all functions
    /// @param uses what tasks declare beyond objects
    /// @param calledAnywhere the actions of calls of services that know no resource
    /// @param awaits whether anything waits for other branches
    Boundary(
            String pipeline,
            Names names,
            Collection<String> functions,
            Collection<CompiledBucket> buckets,
            List<Statement> uses,
            ContainerRights containers,
            List<String> calledAnywhere,
            boolean awaits) {
        this.pipeline = pipeline;
        this.names = names;
        this.functions = functions;
        this.buckets = buckets;
        this.uses = uses;
        this.containers = containers;
        this.calledAnywhere = List.copyOf(calledAnywhere);
        this.awaits = awaits;
    }

    CompiledBoundary policy() {
        var statements = new ArrayList<Statement>();
        statements.add(Statement.allow(
                "Buckets",
                List.of(
                        "s3:AbortMultipartUpload",
                        "s3:DeleteObject",
                        "s3:GetObject",
                        "s3:GetObjectVersion",
                        "s3:ListBucket",
                        "s3:ListBucketVersions",
                        "s3:ListMultipartUploadParts",
                        "s3:PutObject"),
                buckets.stream().flatMap(this::places).toList()));
        statements.add(Statement.allow(
                        "Keys",
                        List.of("kms:Decrypt", "kms:GenerateDataKey"),
                        buckets.stream()
                                .map(bucket -> Keys.arn(bucket.logical()))
                                .toList())
                .when("StringEquals", "kms:ViaService", List.of("s3.${Region}.amazonaws.com")));
        statements.add(Statement.allow(
                "BecomeTasks",
                List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"),
                List.of(names.roleArn("*"))));
        statements.add(Statement.allow("InvokeFunctions", List.of("lambda:InvokeFunction"), invoked()));
        var machine = Names.machineArn(names.machine());
        var parts = Names.machineArn(names.children());
        statements.add(Statement.allow(
                "Executions",
                List.of(
                        "states:DescribeStateMachine",
                        "states:DescribeStateMachineAlias",
                        "states:StartExecution"),
                List.of(machine, machine + ":*", parts)));
        var execution = Names.executionArn(names.machine());
        statements.add(Statement.allow(
                "RunningExecutions",
                List.of("states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"),
                List.of(execution + ":*", execution + "/*", Names.executionArn(names.children()))));
        statements.add(StatesRole.hearOfChildren());
        statements.add(Roles.tellOfCompletions(pipeline));
        statements.add(Statement.allow(
                "Logs",
                List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                containers.none()
                        ? List.of(Roles.logGroup(names.own("*")))
                        : List.of(Roles.logGroup(names.own("*")), ContainerRights.logGroup(names.own("*")))));
        statements.addAll(containers.bounds());
        statements.addAll(uses);
        // These know no resource. None of them reads or changes what is another's: tokens are secret, and the others
        // set up the delivery of logs and send traces.
        var anywhere = new TreeSet<String>(awaits ? OwnRoles.BY_TOKEN : List.of());
        anywhere.addAll(StatesRole.LOG_DELIVERY);
        anywhere.addAll(StatesRole.TRACES);
        anywhere.addAll(calledAnywhere);
        statements.add(Statement.allow("OnNothingInParticular", List.copyOf(anywhere), List.of("*")));
        return new CompiledBoundary(names.boundary(), names.rolePath(), Statement.policy(statements));
    }

    private Stream<String> places(CompiledBucket bucket) {
        return bucket.logical().equals(CompiledBucket.STATE)
                ? Stream.of(
                        StateObjects.BUCKET,
                        StateObjects.arn("completions/*"),
                        StateObjects.arn(StateObjects.runs(pipeline)))
                : Stream.of(bucket.arn(), bucket.arn() + "/*");
    }

    /// Step Functions invokes versions; only the callback function is called by its name.
    private List<String> invoked() {
        var callback = Names.functionArn(names.own("callback"));
        return functions.size() <= MOST_NAMED
                ? Stream.concat(
                                awaits ? Stream.of(callback) : Stream.of(),
                                functions.stream().map(function -> Names.functionArn(function) + ":*"))
                        .toList()
                : List.of(Names.functionArn(names.own("*")));
    }

    /// The declared uses of all roles together, few enough for a boundary.
    static List<Statement> together(List<Statement> uses) {
        var byShape = new LinkedHashMap<Map<String, Map<String, List<String>>>, Statement>();
        for (var use : uses) {
            byShape.merge(use.conditions(), use, Boundary::both);
        }
        var statements = new ArrayList<Statement>();
        byShape.values().forEach(use -> statements.add(new Statement(
                "Uses" + (statements.size() + 1), true, use.actions(), use.resources(), use.conditions())));
        return statements;
    }

    private static Statement both(Statement one, Statement other) {
        return new Statement(
                one.sid(),
                true,
                Stream.concat(one.actions().stream(), other.actions().stream()).toList(),
                Stream.concat(one.resources().stream(), other.resources().stream()).toList(),
                one.conditions());
    }
}
