package dev.baton.compiler;

import dev.baton.asl.StateMachine;
import dev.baton.compiler.internal.AwaitClasses;
import dev.baton.compiler.internal.ContainerCompiler;
import dev.baton.compiler.internal.DeepStack;
import dev.baton.compiler.internal.FunctionCompiler;
import dev.baton.compiler.internal.PolicyRules;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.Rules;
import dev.baton.compiler.internal.SampleReferences;
import dev.baton.compiler.internal.TaskClass;
import dev.baton.compiler.internal.access.RoleCompiler;
import dev.baton.compiler.internal.access.Schedules;
import dev.baton.compiler.internal.access.SecretRotations;
import dev.baton.compiler.internal.access.TriggerCompiler;
import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.compiler.internal.finding.OrderFindings;
import dev.baton.compiler.internal.machine.MachineCompiler;
import dev.baton.compiler.internal.machine.MachinePlan;
import dev.baton.compiler.internal.machine.MapExpansion;
import dev.baton.compiler.internal.machine.MapGroups;
import dev.baton.compiler.internal.machine.StateSpec;
import dev.baton.compiler.order.GivenGraph;
import dev.baton.compiler.pipeline.CompiledContainer;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.CompiledMap;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.structure.Dag;
import dev.baton.compiler.structure.Structure;
import dev.baton.compiler.structure.Tree;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.Declarations;
import dev.baton.graph.Declarations.ApprovalTerms;
import dev.baton.graph.PipelineChecks;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.json.Json;
import dev.baton.run.ApprovalFacts;
import dev.baton.run.FieldDigest;
import dev.baton.run.Prefix;
import dev.baton.task.Compute;
import dev.baton.task.Pipeline;
import dev.baton.task.ServiceTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns the graph of a pipeline into what Step Functions, IAM, Lambda and EventBridge take.
public final class Compiler {
    private final TaskGraph graph;
    private final CompilerOptions options;
    private final ResourceNames names;
    /// The nodes that run, in the order of their ids: node `i` of the structure.
    private final List<TaskNode> nodes;
    private final List<TaskClass> classes;

    private Compiler(TaskGraph graph, CompilerOptions options) {
        this.graph = graph;
        this.options = options;
        this.nodes = graph.nodes().stream().filter(node -> !node.external()).toList();
        this.classes = TaskClass.of(graph);
        this.names = new ResourceNames(
                options.prefix(),
                graph.pipeline().name(),
                classes.stream().map(TaskClass::type).toList());
    }

    /// The pipeline, compiled with full parallelism.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings, if one is an error
    public static CompiledPipeline compile(Pipeline pipeline) {
        return compile(pipeline, Prefix.BATON);
    }

    /// The pipeline, compiled with full parallelism, for an environment whose names begin with a prefix.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings, if one is an error
    public static CompiledPipeline compile(Pipeline pipeline, Prefix prefix) {
        return compile(pipeline, CompilerOptions.DEFAULT.under(prefix));
    }

    /// The pipeline, compiled.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings, if one is an error
    public static CompiledPipeline compile(Pipeline pipeline, CompilerOptions options) {
        var checked = CheckedGraph.of(pipeline);
        return new Compiler(checked.orThrow(), options).compile(checked.findings());
    }

    /// The pipeline of a graph, compiled.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings, if one is an error
    public static CompiledPipeline compile(TaskGraph graph, CompilerOptions options) {
        return new Compiler(graph, options).compile(List.of());
    }

    /// What is wrong between pipelines that are to live in one account: two that write one target, circles of pipelines
    /// that start each other for ever, and names that could be those of another's child machines.
    public static List<Diagnostic> checkTogether(List<TaskGraph> graphs) {
        var findings = new ArrayList<>(PipelineChecks.check(graphs));
        var names =
                graphs.stream().map(graph -> graph.pipeline().name()).sorted().toList();
        for (var name : names) {
            names.stream()
                    .filter(other ->
                            (other + "-").startsWith(name + "-part-") || (other + "-").startsWith(name + "-rotation-"))
                    .forEach(other -> findings.add(CompilerFindings.namesOverlap(name, other)));
        }
        return findings;
    }

    private CompiledPipeline compile(List<Diagnostic> found) {
        var findings = new Diagnostics();
        findings.addAll(found);
        findings.addAll(Rules.of(graph, classes));
        if (options.prefix().word().length() + graph.pipeline().name().length() > Prefix.LONGEST_WITH_PIPELINE) {
            findings.add(CompilerFindings.longForPrefix(graph.pipeline().name(), options.prefix()));
        }
        findings.throwIfErrors();

        var structured = DeepStack.call(this::structured);
        var machines = structured.machines();
        findings.addAll(OrderFindings.of(graph.pipeline().name(), given(), MachineCompiler.definitions(machines)));
        findings.throwIfErrors();
        var awaiting = structured.awaiting();
        var derived = new RoleCompiler(
                graph,
                classes,
                names,
                awaiting,
                machines.stream().map(MachineCompiler.Written::name).toList(),
                machines.stream()
                        .filter(MachineCompiler.Written::mapsDistributed)
                        .map(MachineCompiler.Written::name)
                        .toList(),
                options.governed(),
                options.encrypted());
        var roles = derived.all();
        var functions = new FunctionCompiler(
                        graph,
                        names,
                        classes,
                        awaiting,
                        options.governed(),
                        approvals(MachineCompiler.definitions(machines), roles),
                        derived.people(roles))
                .all();
        var containers = ContainerCompiler.of(names, classes, functions);
        var buckets = derived.buckets(TaskClass.buckets(graph));
        var boundary = derived.boundary(buckets, functions);
        var triggers = TriggerCompiler.of(graph, names, awaiting.any());
        var rotations = SecretRotations.of(graph.pipeline().name(), names, classes);
        var deploy = derived.deploy(buckets, roles, triggers);
        var compiled = new ArrayList<CompiledMachine>();
        for (var written : machines) {
            var number = compiled.size();
            compiled.add(new CompiledMachine(
                    written.name(),
                    names.own("states"),
                    number == 0 ? null : ResourceNames.childVersion(number),
                    written.machine(),
                    written.proof()));
        }
        findings.addAll(PolicyRules.of(graph.pipeline().name(), roles, deploy, boundary, buckets));
        findings.addAll(Rules.ofMachines(graph, compiled));
        findings.throwIfErrors();
        return new CompiledPipeline(
                options.prefix(),
                graph,
                compiled,
                maps(compiled),
                functions,
                containers,
                roles,
                boundary,
                deploy,
                triggers,
                Schedules.of(graph, names),
                rotations.all(),
                buckets,
                findings.all());
    }

    /// The variables by which the approval function tells that what was asked is not what is deployed any more; none
    /// where nothing is approved.
    private Map<String, String> approvals(SequencedMap<String, StateMachine> machines, List<CompiledRole> roles) {
        if (nodes.stream().noneMatch(node -> approval(node).isPresent())) {
            return Map.of();
        }
        var plan = new FieldDigest();
        machines.forEach((name, machine) -> plan.add(name).add(machine.toJson()));
        var permissions = new FieldDigest();
        roles.forEach(role ->
                permissions.add(role.name()).add(Json.print(role.policy())).add(Json.print(role.trust())));
        return Map.of(ApprovalFacts.PLAN_VARIABLE, plan.hex(), ApprovalFacts.PERMISSIONS_VARIABLE, permissions.hex());
    }

    private record Structured(List<MachineCompiler.Written> machines, AwaitClasses awaiting) {}

    private Structured structured() {
        var dag = Dag.of(required());
        var works = nodes.stream().map(this::work).toList();
        var tree = Structure.of(
                dag,
                works.stream()
                        .map(options.folds() ? StateSpec::foldingKind : StateSpec::id)
                        .toList(),
                options.parallelism() == Parallelism.FULL,
                seconds());
        var plan = new MachinePlan(
                dag,
                MapGroups.among(
                        works, tree, node -> names.concurrency(nodes.get(node).taskClass())),
                ResourceNames.functionVersionArn(names.own("await"), "await"),
                options.room());
        var pin = ResourceNames.functionVersionArn(names.own("pin"), "pin");
        var comment = graph.pipeline().name() + ": " + graph.root().intent();
        var machines = new MachineCompiler(plan, names::child, names::childVersionArn)
                .pipeline(names.machine(), tree, new MachineCompiler.Opening(comment, pin));
        return new Structured(machines, awaiting(tree, machines));
    }

    private AwaitClasses awaiting(Tree tree, List<MachineCompiler.Written> machines) {
        var versions =
                machines.stream().flatMap(written -> written.begun().stream()).collect(Collectors.toSet());
        var begun = new HashSet<Class<?>>();
        nodes.stream()
                .map(TaskNode::taskClass)
                .filter(task -> versions.contains(names.functionVersionArn(task)))
                .forEach(begun::add);
        var awaited = new HashSet<Class<?>>();
        tree.forEachAwaited(node -> awaited.add(nodes.get(node).taskClass()));
        return new AwaitClasses(begun, awaited);
    }

    /// What the environment says of the Maps that became of it.
    private List<CompiledMap> maps(List<CompiledMachine> compiled) {
        var text =
                compiled.stream().map(machine -> machine.definition().toJson()).collect(Collectors.joining());
        var atMost = new HashMap<Class<?>, Integer>();
        nodes.forEach(node -> node.items().ifPresent(items -> atMost.put(node.taskClass(), items.maxConcurrency())));
        return nodes.stream()
                .map(TaskNode::taskClass)
                .distinct()
                .filter(task -> text.contains("${" + names.concurrency(task) + "}"))
                .map(task ->
                        new CompiledMap(task.getSimpleName(), names.concurrency(task), atMost.getOrDefault(task, 0)))
                .sorted(Comparator.comparing(CompiledMap::placeholder))
                .toList();
    }

    private GivenGraph given() {
        var approvals = new HashMap<Integer, Long>();
        for (var place = 0; place < nodes.size(); place++) {
            var terms = approval(nodes.get(place));
            if (terms.isPresent()) {
                approvals.put(place, terms.get().within().toSeconds());
            }
        }
        return new GivenGraph(nodes.stream().map(TaskNode::id).toList(), required(), approvals);
    }

    /// The terms on which a node is approved, where policies about people hold.
    private Optional<ApprovalTerms> approval(TaskNode node) {
        return options.governed() ? node.declarations().approval() : Optional.empty();
    }

    /// By node: what it requires, as places in [#nodes].
    private List<int[]> required() {
        var numbers = new HashMap<TaskNode, Integer>();
        nodes.forEach(node -> numbers.put(node, numbers.size()));
        var required = new ArrayList<int[]>(nodes.size());
        for (var node : nodes) {
            required.add(node.requires().stream()
                    .filter(input -> !input.external())
                    .mapToInt(numbers::get)
                    .toArray());
        }
        return required;
    }

    /// The durations that nodes are expected to take, or nothing where they are not known of all.
    private double @Nullable [] seconds() {
        return options.seconds()
                        .keySet()
                        .containsAll(nodes.stream().map(TaskNode::id).toList())
                ? nodes.stream()
                        .mapToDouble(node -> options.seconds().get(node.id()))
                        .toArray()
                : null;
    }

    private StateSpec work(TaskNode node) {
        var work = unapproved(node);
        return approval(node)
                .map(terms -> work.approved(new StateSpec.ApprovalWait(
                        ResourceNames.functionVersionArn(names.own("approval"), "approval"), terms)))
                .orElse(work);
    }

    private StateSpec unapproved(TaskNode node) {
        var work = work(node.id(), node.taskClass(), node.declarations());
        if (ServiceTask.class.isAssignableFrom(node.taskClass())) {
            return work.elsewhere(service(node));
        }
        return node.items()
                .map(items -> work.expanding(new MapExpansion(
                        work(names.task(items.itemClass()), items.itemClass(), items.declarations()),
                        names.concurrency(node.taskClass()),
                        items.toleratedFailurePercentage())))
                .orElse(work);
    }

    private StateSpec.Service service(TaskNode node) {
        var call = SampleReferences.calls(node).getFirst();
        var arguments = new TreeMap<String, Optional<Object>>();
        call.arguments().keySet().forEach(name -> arguments.put(name, Optional.empty()));
        call.deployed().forEach((name, value) -> arguments.put(name, Optional.ofNullable(value)));
        return new StateSpec.Service(
                "arn:${Partition}:states:::" + call.integration(),
                call.byExecutions() ? null : names.roleArn(names.serviceRole(node.taskClass())),
                new LinkedHashMap<>(arguments),
                call.polling().orElse(null));
    }

    private StateSpec work(String id, Class<?> type, Declarations declarations) {
        var work = new StateSpec(
                id,
                names.task(type),
                declarations.intent(),
                names.functionVersionArn(type),
                FunctionCompiler.timeoutSeconds(declarations)
                        + (onFargate(declarations)
                                ? ContainerCompiler.START_SECONDS
                                : FunctionCompiler.STATE_MARGIN_SECONDS),
                declarations.retries());
        return onFargate(declarations)
                ? work.elsewhere(
                        new StateSpec.Container(names.clusterArn(), names.revisionArn(type), CompiledContainer.NAME))
                : work;
    }

    private static boolean onFargate(Declarations declarations) {
        return declarations.compute().platform() == Compute.Platform.FARGATE;
    }
}
