package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.AwaitClasses;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.pipeline.CompiledBoundary;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.compiler.pipeline.CompiledTrigger;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.run.StateKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The roles of a pipeline, each with as little as it needs.
///
/// Task code runs in the function of its class. The function's own role can do nothing with data: it may assume the one
/// role of its task, and record what was done. So a task reaches what was declared for it, and nothing else.
public final class RoleCompiler {
    private final TaskGraph graph;
    private final List<TaskClass> classes;
    private final ResourceNames names;
    private final String pipeline;
    private final AwaitClasses awaiting;
    private final List<String> machines;
    private final List<String> mapping;
    private final boolean governed;
    private final boolean encrypted;

    /// @param machines the names of the pipeline's machine and of its children
    /// @param mapping the names of those that have distributed Maps
    /// @param governed whether policies about people hold
    /// @param encrypted whether the machines are under a key of KMS
    public RoleCompiler(
            TaskGraph graph,
            List<TaskClass> classes,
            ResourceNames names,
            AwaitClasses awaiting,
            List<String> machines,
            List<String> mapping,
            boolean governed,
            boolean encrypted) {
        this.governed = governed;
        this.encrypted = encrypted;
        this.graph = graph;
        this.classes = classes;
        this.names = names;
        this.pipeline = graph.pipeline().name();
        this.awaiting = awaiting;
        this.machines = List.copyOf(machines);
        this.mapping = List.copyOf(mapping);
    }

    /// All roles, sorted by name.
    public List<CompiledRole> all() {
        var roles = new ArrayList<CompiledRole>();
        for (var type : classes) {
            roles.add(task(type));
            roles.add(runner(type));
        }
        var externals = graph.nodes().stream().filter(TaskNode::external).toList();
        var begun = classes.stream()
                .map(TaskClass::type)
                .filter(awaiting.begun()::contains)
                .toList();
        var own = new OwnRoles(graph.pipeline(), names, externals, begun, machines, classes, governed);
        roles.add(own.pin());
        roles.add(own.start());
        if (awaiting.any()) {
            roles.add(own.await());
            roles.add(own.callback());
        }
        if (approves()) {
            roles.add(own.approval());
        }
        if (governed) {
            roles.add(own.access(people()));
            roles.add(people().people());
        }
        if (scheduled()) {
            roles.add(Schedules.role(names));
        }
        roles.addAll(rotations().roles());
        var containers = new ContainerRights(names, classes);
        if (!containers.none()) {
            roles.add(containers.execution());
        }
        roles.addAll(new ServiceRights(names, classes, machines).roles());
        roles.add(new StatesRole(pipeline, classes, names, awaiting.any(), approves(), machines, mapping).role());
        return roles.stream()
                .map(role -> encrypted ? machineKey().in(role) : role)
                .map(role -> role.tagged(WriterTags.of(pipeline, role)))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /// The buckets, with what they refuse.
    ///
    /// @param logical those that tasks name
    public List<CompiledBucket> buckets(Collection<String> logical) {
        var externals =
                Places.of(graph.nodes().stream().filter(TaskNode::external).toList());
        return new BucketCompiler(names, classes, externals).all(logical);
    }

    /// The boundary of all roles.
    public CompiledBoundary boundary(Collection<CompiledBucket> buckets, Collection<CompiledFunction> functions) {
        var services = new ServiceRights(names, classes, machines);
        var uses = Stream.concat(
                        classes.stream().flatMap(type -> new TaskPolicy(pipeline, type).uses().stream()),
                        Stream.concat(services.bounds().stream(), rotations().bounds().stream()))
                .toList();
        var schedules = new ArrayList<>(scheduled() ? Schedules.statements(names) : List.of());
        schedules.addAll(RedriveRights.later(graph.pipeline(), names));
        if (governed) {
            schedules.addAll(GovernedRights.bounds(pipeline));
        }
        if (approves()) {
            schedules.addAll(new ApprovalRights(pipeline, names, machines.getFirst()).bounds());
        }
        if (governed) {
            schedules.addAll(people().bounds());
        }
        if (encrypted) {
            schedules.addAll(machineKey().bounds());
        }
        return new Boundary(
                        pipeline,
                        names,
                        functions.stream().map(CompiledFunction::name).toList(),
                        buckets,
                        classes,
                        Stream.concat(Boundary.together(uses).stream(), schedules.stream())
                                .toList(),
                        new ContainerRights(names, classes),
                        services.anywhere(),
                        awaiting.any(),
                        tokens())
                .policy();
    }

    /// The role that deploys all this.
    public CompiledRole deploy(
            Collection<CompiledBucket> buckets, List<CompiledRole> roles, List<CompiledTrigger> triggers) {
        var role = new DeployRole(
                        pipeline, names, buckets, roles, triggers, rotations().all())
                .role();
        return encrypted ? machineKey().in(role) : role;
    }

    private MachineKeyRights machineKey() {
        return new MachineKeyRights(
                names,
                machines,
                rotations().all().stream().map(CompiledRotation::name).toList());
    }

    private SecretRotations rotations() {
        return SecretRotations.of(pipeline, names, classes);
    }

    /// The variables by which the access function knows the role that people have; none where nobody gets rights for a
    /// while.
    ///
    /// @param roles all of the pipeline
    public Map<String, String> people(Collection<CompiledRole> roles) {
        var told = new LinkedHashMap<String, String>();
        for (var role : roles) {
            if (role.kind() == Kind.PEOPLE) {
                var rights = new LinkedHashMap<String, Object>();
                rights.put("hash", Sha256.hex(Json.print(role.policy()) + Json.print(role.trust())));
                rights.put("actions", people().told());
                told.put("BATON_PEOPLE_ROLE", role.arn());
                told.put("BATON_PEOPLE_RIGHTS", Json.print(rights));
            }
        }
        return told;
    }

    private PeopleRights people() {
        return new PeopleRights(pipeline, names, classes, machines, approves(), encrypted);
    }

    private boolean approves() {
        return governed
                && classes.stream()
                        .anyMatch(type -> type.declarations().approval().isPresent());
    }

    private List<String> tokens() {
        return awaiting.any() || approves() ? OwnRoles.BY_TOKEN : List.of();
    }

    /// Whether Scheduler calls the start function, at ticks or to redrive.
    private boolean scheduled() {
        return !graph.pipeline().schedules().isEmpty() || RedriveRights.isDelayed(graph.pipeline());
    }

    private CompiledRole task(TaskClass type) {
        var taskClass = type.type();
        return new CompiledRole(
                names.taskRole(taskClass),
                names.rolePath(),
                Kind.TASK,
                TaskTrust.of(pipeline, names, type, governed),
                PolicyStatement.policy(new TaskPolicy(pipeline, type).statements()),
                names.boundaryArn());
    }

    private CompiledRole runner(TaskClass type) {
        var taskClass = type.type();
        var statements = new ArrayList<PolicyStatement>();
        statements.add(PolicyStatement.allow(
                "BecomeTheTask",
                List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"),
                List.of(names.roleArn(names.taskRole(taskClass)))));
        // S3 wants the right to read of whoever writes with If-Match.
        statements.add(PolicyStatement.allow(
                "RecordWhatWasDone",
                List.of("s3:GetObject", "s3:PutObject"),
                StateObjects.written(pipeline, type).stream()
                        .map(StateObjects::arn)
                        .toList()));
        var approved = governed && type.declarations().approval().isPresent();
        if (approved) {
            statements.add(PolicyStatement.allow(
                    "SeeItsApproval",
                    List.of("s3:GetObject"),
                    List.of(StateObjects.arn(StateKeys.approvalPattern(pipeline, taskClass)))));
        }
        if (awaiting.isTold(taskClass)) {
            var callback = ResourceNames.functionArn(names.own("callback"));
            statements.add(PolicyStatement.allow(
                    "NudgeThoseWhoWait", List.of("lambda:InvokeFunction"), List.of(callback, callback + ":*")));
        }
        statements.add(tellOfCompletions(names));
        if (type.onFargate() || approved) {
            // Its function tells what its container answered, or reads what was decided.
            statements.addAll(KeyRights.statements(List.of(CompiledBucket.STATE), List.of(CompiledBucket.STATE)));
        } else {
            statements.add(KeyRights.encrypt(List.of(CompiledBucket.STATE)));
        }
        statements.add(logs(names.function(taskClass)));
        return new CompiledRole(
                names.runnerRole(taskClass),
                names.rolePath(),
                Kind.RUNNER,
                type.onFargate() ? ContainerRights.runnerTrust() : lambdaTrust(),
                PolicyStatement.policy(statements),
                names.boundaryArn());
    }

    static PolicyStatement tellOfCompletions(ResourceNames names) {
        return PolicyStatement.allow(
                        "TellOfCompletions",
                        List.of("events:PutEvents"),
                        List.of("arn:${Partition}:events:${Region}:${AccountId}:event-bus/${EventBus}"))
                .when("StringEquals", "events:source", List.of(names.source()))
                .when("StringEquals", "events:detail-type", List.of("Task Completed"));
    }

    static PolicyStatement logs(String function) {
        return PolicyStatement.allow(
                "WriteItsLog", List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(logGroup(function)));
    }

    static String logGroup(String function) {
        return "arn:${Partition}:logs:${Region}:${AccountId}:log-group:/aws/lambda/" + function + ":*";
    }

    static Map<String, @Nullable Object> lambdaTrust() {
        return PolicyStatement.trust(
                "Service",
                "lambda.amazonaws.com",
                List.of(PolicyStatement.allow("RunByLambda", List.of("sts:AssumeRole"), List.of())));
    }
}
