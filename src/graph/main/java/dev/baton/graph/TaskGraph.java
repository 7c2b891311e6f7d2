package dev.baton.graph;

import dev.baton.diagnostic.Diagnostics;
import dev.baton.task.InvalidInput;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The graph of a pipeline: which tasks require which, independent of the parameters' values.
///
/// Its shape is found by walking `requires()` in lockstep for sample values of the root's parameters; a node is the
/// tuple of its tasks across the samples. For real parameters, [#instance] asks the tasks again and holds the shape
/// against the compiled one.
public final class TaskGraph {
    private final Pipeline pipeline;
    private final List<Record> roots;
    private final List<TaskNode> met;
    private final List<TaskNode> sorted;
    private final Map<String, TaskNode> byId = new TreeMap<>();
    private final NodeMatcher matching;

    private TaskGraph(Pipeline pipeline, List<Record> roots, List<TaskNode> met, NodeMatcher matching) {
        this.pipeline = pipeline;
        this.roots = roots;
        this.met = List.copyOf(met);
        this.matching = matching;
        met.forEach(node -> byId.put(node.id(), node));
        sorted = List.copyOf(byId.values());
    }

    static TaskGraph of(Pipeline pipeline, GraphWalk walk, List<Record> roots, Map<Class<?>, ItemNodes> items) {
        var parameterised = walk.parameterised();
        var names = new NodeNames(parameterised.relations(), walk.places()).names();
        var nodes = new IdentityHashMap<NodeDraft, TaskNode>();
        for (var place : walk.places()) {
            var parent = place.parent() == null ? null : nodes.get(place.parent());
            nodes.put(
                    place,
                    new TaskNode(Objects.requireNonNull(names.get(place)), place, parent, items.get(place.type())));
        }
        var met = walk.places().stream().map(place -> of(nodes, place)).toList();
        var requiredBy = new IdentityHashMap<TaskNode, List<TaskNode>>();
        for (var place : walk.places()) {
            for (var child : place.requires()) {
                requiredBy
                        .computeIfAbsent(of(nodes, child), node -> new ArrayList<>())
                        .add(of(nodes, place));
            }
        }
        for (var place : walk.places()) {
            var required =
                    place.requires().stream().map(child -> of(nodes, child)).toList();
            var node = of(nodes, place);
            var conditional =
                    place.conditional().stream().map(child -> of(nodes, child)).collect(Collectors.toSet());
            node.connect(
                    NodeMatcher.order(required),
                    byId(required),
                    byId(requiredBy.getOrDefault(node, List.of())),
                    conditional);
        }
        return new TaskGraph(pipeline, roots, met, new NodeMatcher(parameterised.relations()));
    }

    private static TaskNode of(Map<NodeDraft, TaskNode> nodes, NodeDraft place) {
        return Objects.requireNonNull(nodes.get(place));
    }

    private static List<TaskNode> byId(List<TaskNode> nodes) {
        return nodes.stream()
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /// The roots with which the graph was tried out, the base first.
    public List<Record> sampleRoots() {
        return roots;
    }

    /// The root's parameters: what an execution's input has to give.
    public Parameters rootParameters() {
        return Parameters.of(pipeline.root());
    }

    /// All nodes, externals too, sorted by id.
    public List<TaskNode> nodes() {
        return sorted;
    }

    /// All nodes, each after the one from which it was first met.
    List<TaskNode> met() {
        return met;
    }

    public TaskNode root() {
        return met.getFirst();
    }

    public Optional<TaskNode> node(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// The nodes that somebody else completes, sorted by id.
    public List<TaskNode> externals() {
        return sorted.stream().filter(TaskNode::external).toList();
    }

    /// The tasks of the whole graph for real parameters, its shape checked.
    ///
    /// @param parameters of the root, as printed text, by component
    /// @throws InvalidInput when a parameter is missing, unknown or no value of its type
    /// @throws DiagnosticException when these parameters give another shape (RUN010, RUN011)
    public GraphInstance instance(Map<String, String> parameters) {
        return instance(rootParameters().parse(parameters));
    }

    /// [#instance] for a root.
    public GraphInstance instance(Record root) {
        if (root.getClass() != pipeline.root()) {
            throw new IllegalArgumentException(
                    root + " is no " + pipeline.root().getSimpleName());
        }
        return GraphInstance.of(this, root, matching);
    }

    /// The task of one node for real parameters, without walking the rest of the graph.
    ///
    /// @throws InvalidInput when a parameter is missing, unknown or no value of its type, or no such node is
    /// @throws DiagnosticException when these parameters give another shape (RUN010)
    public Task task(String id, Map<String, String> parameters) {
        var node = node(id).orElseThrow(
                        () -> new InvalidInput("the pipeline " + pipeline + " has no node \"" + id + "\""));
        var root = rootParameters().parse(parameters);
        return task(node, root);
    }

    /// [#task] for a node and a root.
    public Task task(TaskNode node, Record root) {
        var path = new ArrayList<TaskNode>();
        for (var step = node; step != null; step = step.parent()) {
            path.add(step);
        }
        var task = (Task) root;
        for (var i = path.size() - 1; i > 0; i--) {
            task = Objects.requireNonNull(matched(path.get(i), task, root).get(path.get(i - 1)));
        }
        return task;
    }

    /// The tasks that a node's task requires for real parameters, by node.
    ///
    /// @throws DiagnosticException when these parameters give another shape (RUN010)
    public Map<TaskNode, Task> required(TaskNode node, Record root) {
        return matched(node, task(node, root), root);
    }

    Map<TaskNode, Task> matched(TaskNode node, Task task, Record root) {
        var problems = new Diagnostics();
        var required = TaskAnswer.requirements(task, problems::add);
        problems.throwIfErrors();
        return matching.match(
                node,
                task,
                required.orElseGet(TaskAnswer::nothing).needed(),
                rootParameters().values(root));
    }

    @Override
    public String toString() {
        return pipeline.name();
    }
}
