package dev.baton.graph;

import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskKey;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An external node as a beginning of runs: which root parameters its tasks tell, and how.
final class TriggerNode {
    private final TaskGraph graph;
    private final TaskNode node;
    private final Parameters parameters;
    private final List<Optional<ParameterLink>> links = new ArrayList<>();
    private final Optional<Function<Task, List<? extends Task>>> given;
    private final Template template;
    private final Map<String, String> constants;
    private final Set<Integer> tells;

    TriggerNode(TaskGraph graph, TaskNode node) {
        this.graph = graph;
        this.node = node;
        this.parameters = Parameters.of(node.taskClass());
        this.given = graph.pipeline().rootsOf(node.taskClass());
        for (var i = 0; i < parameters.count(); i++) {
            links.add(link(i));
        }
        this.template = node.template();
        this.constants = node.constants();
        this.tells = told();
    }

    private Optional<ParameterLink> link(int component) {
        var root = graph.rootParameters();
        var type = parameters.get(component).type();
        var values = column(parameters, node.samples(), component);
        var found = new ArrayList<ParameterLink>();
        for (var i = 0; i < root.count(); i++) {
            ParameterLink.find(type, values, i, root.get(i).type(), column(root, graph.sampleRoots(), i))
                    .ifPresent(found::add);
        }
        // Days of one year are all in one year, whichever parameter they come from: the narrowest link is the one.
        return found.stream()
                .min(Comparator.comparingInt(ParameterLink::breadth)
                        .thenComparing(link -> root.get(link.root()).type().javaType() != type.javaType()));
    }

    private static List<Object> column(Parameters parameters, List<?> tasks, int component) {
        var column = new ArrayList<Object>(tasks.size());
        for (var task : tasks) {
            column.add(parameters.value(task, component));
        }
        return column;
    }

    TaskNode node() {
        return node;
    }

    /// Which root parameters a task of this node tells.
    Set<Integer> tells() {
        return tells;
    }

    private Set<Integer> told() {
        var told = new HashSet<Integer>();
        if (given.isPresent()) {
            for (var i = 0; i < graph.rootParameters().count(); i++) {
                told.add(i);
            }
        }
        links.forEach(link -> link.ifPresent(found -> told.add(found.root())));
        return Set.copyOf(told);
    }

    /// About how many roots [#propose] gives for one task.
    long breadth() {
        return links.stream()
                .flatMap(Optional::stream)
                .mapToLong(ParameterLink::breadth)
                .reduce(1, (one, other) -> one * other);
    }

    /// Whether the node's task is another where a root parameter is.
    boolean dependsOn(int rootParameter) {
        var root = graph.rootParameters();
        var base = graph.sampleRoots().getFirst();
        for (var sample = 1; sample < node.samples().size(); sample++) {
            var changed = graph.sampleRoots().get(sample);
            var only = true;
            for (var i = 0; i < root.count(); i++) {
                only &= i == rootParameter || root.value(base, i).equals(root.value(changed, i));
            }
            if (only && !TaskKey.same(node.samples().get(sample), node.samples().getFirst())) {
                return true;
            }
        }
        return false;
    }

    /// The key of an object, if it is in the bucket of this node's.
    Optional<String> key(String uri) {
        var bucket = "s3://" + template.bucket() + "/";
        return uri.startsWith(bucket) ? Optional.of(uri.substring(bucket.length())) : Optional.empty();
    }

    /// What the keys begin with for what is known of the root, for a listing.
    String prefix(Map<Integer, Object> assignment) {
        return "s3://" + template.bucket() + "/" + template.prefix(known(assignment));
    }

    /// The task of a key, if the key is one that this node may have.
    Optional<Task> task(String key) {
        var texts = template.match(key);
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        var values = new Object[parameters.count()];
        for (var i = 0; i < values.length; i++) {
            var parameter = parameters.get(i);
            var constant = constants.get(parameter.name());
            var text = texts.get().getOrDefault(parameter.name(), constant);
            if (text == null || (constant != null && !constant.equals(text))) {
                return Optional.empty();
            }
            values[i] = parameter.type().parse(text);
        }
        try {
            var task = parameters.make(values);
            // A piece of a constant is in the key, but does not tell it.
            return template.key(task).equals(key) ? Optional.of((Task) task) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // The record refuses the values: no run ever reads such an object.
            return Optional.empty();
        }
    }

    /// What is known of the roots that require the task: each a value for some root parameters, counted from 0.
    List<Map<Integer, Object>> propose(Task task) {
        if (given.isPresent()) {
            var roots = new ArrayList<Map<Integer, Object>>();
            for (var root : given.get().apply(task)) {
                roots.add(assignment((Record) root));
            }
            return roots;
        }
        List<Map<Integer, Object>> proposals = List.of(Map.of());
        for (var i = 0; i < links.size(); i++) {
            if (links.get(i).isPresent()) {
                var link = links.get(i).get();
                proposals = PartialAssignments.join(
                        proposals,
                        link.solve(parameters.value(task, i)).stream()
                                .map(value -> Map.of(link.root(), value))
                                .toList());
            }
        }
        return proposals;
    }

    /// Whether [#propose] gives a root among others, without making them all.
    boolean proposes(Task task, Record root) {
        if (given.isPresent()) {
            return propose(task).contains(assignment(root));
        }
        for (var i = 0; i < links.size(); i++) {
            if (links.get(i).isPresent()) {
                var link = links.get(i).get();
                var value = graph.rootParameters().value(root, link.root());
                if (!link.solve(parameters.value(task, i)).contains(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private Map<Integer, Object> assignment(Record root) {
        var values = graph.rootParameters().values(root);
        var assignment = new HashMap<Integer, Object>();
        for (var i = 0; i < values.length; i++) {
            assignment.put(i, values[i]);
        }
        return assignment;
    }

    /// The printed components that follow from what is known of the root.
    private Map<String, String> known(Map<Integer, Object> assignment) {
        var known = new HashMap<>(constants);
        for (var i = 0; i < links.size(); i++) {
            var parameter = parameters.get(i);
            links.get(i)
                    .ifPresent(link -> Optional.ofNullable(assignment.get(link.root()))
                            .flatMap(link::component)
                            .flatMap(parameter.type()::printed)
                            .ifPresent(text -> known.put(parameter.name(), text)));
        }
        return known;
    }
}
