package dev.baton.graph;

import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.template.Template;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A task's place in the graph, whatever the parameters' values are.
public final class TaskNode {
    private final String id;
    private final NodeDraft place;
    private final @Nullable TaskNode parent;
    private final @Nullable ItemNodes items;
    private List<TaskNode> required = List.of();
    private List<TaskNode> requires = List.of();
    private List<TaskNode> requiredBy = List.of();
    private Set<TaskNode> conditional = Set.of();

    TaskNode(String id, NodeDraft place, @Nullable TaskNode parent, @Nullable ItemNodes items) {
        this.id = id;
        this.place = place;
        this.parent = parent;
        this.items = items;
    }

    /// Tells the node its neighbours, once.
    ///
    /// @param required in the order in which they are matched at run time
    /// @param conditional what some parameters may leave out
    void connect(List<TaskNode> required, List<TaskNode> sorted, List<TaskNode> requiredBy, Set<TaskNode> conditional) {
        this.required = required;
        this.requires = sorted;
        this.requiredBy = requiredBy;
        this.conditional = Set.copyOf(conditional);
    }

    /// At most 80 characters, unique in the graph, and the same as long as the node's own place is: `Normals
    /// new-york`.
    public String id() {
        return id;
    }

    /// A record that implements [Task].
    public Class<? extends Record> taskClass() {
        return place.type().asSubclass(Record.class);
    }

    /// Whether somebody else completes it.
    public boolean external() {
        return ExternalTask.class.isAssignableFrom(place.type());
    }

    /// The tasks into which it expands when it runs, if it is a [dev.baton.task.ExpandingTask].
    public Optional<ItemNodes> items() {
        return Optional.ofNullable(items);
    }

    /// Its task for each of the graph's sample roots, in their order.
    public List<Task> samples() {
        return place.tasks();
    }

    /// The nodes that must be complete before this one runs, externals too, sorted by id.
    public List<TaskNode> requires() {
        return requires;
    }

    /// The nodes that require this one, sorted by id.
    public List<TaskNode> requiredBy() {
        return requiredBy;
    }

    /// What is declared on the task's class: the same for all nodes of a class.
    public Declarations declarations() {
        return Declarations.of(place.type());
    }

    /// The template of its output, bound to its class.
    public Template template() {
        return Template.of(place.task(0).output().template(), place.type());
    }

    /// The target of its first sample where its output is an item of a table.
    public Optional<DynamoDbTarget> itemTarget() {
        return place.task(0).output() instanceof DynamoDbTarget target ? Optional.of(target) : Optional.empty();
    }

    /// What it touches beyond inputs and output, for all samples together.
    public List<Access> uses() {
        var uses = new LinkedHashSet<Access>();
        samples().forEach(task -> uses.addAll(task.uses()));
        return List.copyOf(uses);
    }

    /// The components that are the same for all parameters, canonically printed.
    public Map<String, String> constants() {
        var parameters = Parameters.of(place.type());
        var constants = new LinkedHashMap<String, String>();
        for (var i = 0; i < relations().size(); i++) {
            if (relations().get(i) instanceof ParameterRelation.Constant constant) {
                var parameter = parameters.get(i);
                parameter.type().printed(constant.value()).ifPresent(text -> constants.put(parameter.name(), text));
            }
        }
        return constants;
    }

    /// What the task is for.
    public String intent() {
        return declarations().intent();
    }

    public Optional<String> owner() {
        return declarations().owner();
    }

    List<ParameterRelation> relations() {
        return place.relations();
    }

    /// From where the node is looked up; null for the root.
    @Nullable
    TaskNode parent() {
        return parent;
    }

    /// The nodes that it requires, in the order in which they are matched at run time.
    List<TaskNode> required() {
        return required;
    }

    /// Which of [#requires] some parameters may leave out ([Task#onlyIf]).
    Set<TaskNode> conditional() {
        return conditional;
    }

    @Override
    public String toString() {
        return id;
    }
}
