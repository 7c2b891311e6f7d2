package dev.baton.compiler.internal;

import dev.baton.graph.Declarations;
import dev.baton.graph.ItemNodes;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.task.Access;
import dev.baton.task.Compute;
import dev.baton.task.ServiceTask;
import dev.baton.task.Unneeded;
import dev.baton.task.service.ServiceCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A class of tasks that run: it has one function and one role. Its tasks are nodes of the graph, or the items into
/// which nodes expand when they run.
///
/// @param type a record that implements `Task`
/// @param declarations on the class
/// @param nodes its nodes; none where its tasks are items
/// @param expanding the nodes that expand into its tasks; none where its tasks are nodes
/// @param items what is known of its tasks where they are items
public record TaskClass(
        Class<? extends Record> type,
        Declarations declarations,
        List<TaskNode> nodes,
        List<TaskNode> expanding,
        List<ItemNodes> items) {

    public TaskClass {
        nodes = List.copyOf(nodes);
        expanding = List.copyOf(expanding);
        items = List.copyOf(items);
    }

    /// The classes of a graph, sorted by name.
    public static List<TaskClass> of(TaskGraph graph) {
        var nodes = new TreeMap<String, List<TaskNode>>();
        var expanding = new TreeMap<String, List<TaskNode>>();
        for (var node : graph.nodes()) {
            if (!node.external()) {
                add(nodes, node.taskClass(), node);
                node.items().ifPresent(items -> add(expanding, items.itemClass(), node));
            }
        }
        var classes = new TreeMap<String, TaskClass>();
        nodes.forEach((name, alike) -> {
            var one = alike.getFirst();
            classes.put(name, new TaskClass(one.taskClass(), one.declarations(), alike, List.of(), List.of()));
        });
        expanding.forEach((name, alike) -> {
            var items = alike.stream().flatMap(node -> node.items().stream()).toList();
            var one = items.getFirst();
            classes.put(name, new TaskClass(one.itemClass(), one.declarations(), List.of(), alike, items));
        });
        return List.copyOf(classes.values());
    }

    private static void add(Map<String, List<TaskNode>> to, Class<?> type, TaskNode node) {
        to.computeIfAbsent(type.getName(), name -> new ArrayList<>()).add(node);
    }

    /// Whether its tasks run in containers.
    public boolean onFargate() {
        return declarations.compute().platform() == Compute.Platform.FARGATE;
    }

    /// Whether services do the work of its tasks.
    public boolean byService() {
        return ServiceTask.class.isAssignableFrom(type);
    }

    /// Whether a service writes their outputs itself, as whoever it acts as.
    public boolean writtenByService() {
        return nodes.stream()
                .flatMap(node -> node.samples().stream())
                .map(Unneeded::unwrap)
                .anyMatch(task -> task instanceof ServiceTask called && called.isWrittenByService());
    }

    /// The calls of services that its nodes make, for all samples.
    public List<ServiceCall> calls() {
        return nodes.stream()
                .flatMap(node -> SampleReferences.calls(node).stream())
                .toList();
    }

    /// The nodes whose outputs its tasks read.
    public List<TaskNode> inputs() {
        var inputs = new LinkedHashSet<TaskNode>();
        nodes.forEach(node -> inputs.addAll(node.requires()));
        for (var node : expanding) {
            var required = node.items().orElseThrow().requires();
            node.requires().stream()
                    .filter(input -> required.contains(input.taskClass()))
                    .forEach(inputs::add);
        }
        return List.copyOf(inputs);
    }

    /// The accesses of its tasks beyond inputs and output.
    public List<Access> uses() {
        return Stream.concat(
                        nodes.stream().flatMap(node -> node.uses().stream()),
                        items.stream().flatMap(found -> found.uses().stream()))
                .distinct()
                .toList();
    }

    /// Whether its tasks expand when they run.
    public boolean expands() {
        return nodes.stream().anyMatch(node -> node.items().isPresent());
    }

    /// The logical buckets of a graph, sorted: those of outputs and those that tasks use besides.
    public static List<String> buckets(TaskGraph graph) {
        var targets = graph.nodes().stream().map(node -> node.template().bucket());
        var items = graph.nodes().stream()
                .flatMap(node -> node.items().stream())
                .map(found -> found.template().bucket());
        var used = of(graph).stream().flatMap(type -> type.uses().stream()).flatMap(Rules::buckets);
        // Whether call() answers at all is told before this is asked.
        var read = of(graph).stream()
                .flatMap(type -> type.calls().stream())
                .flatMap(call -> call.reads().stream())
                .map(prefix -> prefix.substring("s3://".length(), prefix.indexOf('/', "s3://".length())));
        return Stream.concat(Stream.concat(Stream.concat(targets, items), used), read)
                .distinct()
                .sorted()
                .toList();
    }
}
