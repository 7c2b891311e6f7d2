package dev.baton.graph;

import dev.baton.diagnostic.Diagnostics;
import dev.baton.run.ItemList;
import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.Expansion;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// The tasks into which an expanding node expands when it runs: what is known of them before.
///
/// @param itemClass their class, a record that implements [Task]
/// @param samples items with sample values, for what is asked of the class
/// @param maxConcurrency how many run at a time
/// @param toleratedFailurePercentage of how many in a hundred the failure is tolerated
public record ItemNodes(
        Class<? extends Record> itemClass, List<Task> samples, int maxConcurrency, int toleratedFailurePercentage) {

    public ItemNodes {
        samples = List.copyOf(samples);
    }

    static ItemNodes of(Class<?> expanding, Class<? extends Record> itemClass, List<Task> samples) {
        var expansion = expanding.getAnnotation(Expansion.class);
        return expansion == null
                ? new ItemNodes(itemClass, samples, 100, 0)
                : new ItemNodes(itemClass, samples, expansion.maxConcurrency(), expansion.toleratedFailurePercentage());
    }

    /// The list of what a task expanded into, each item held against what was compiled.
    ///
    /// @param expanding the task
    /// @param expanded its items, in any order
    /// @throws DiagnosticException when an item is not one that may be (RUN012)
    public ItemList list(Task expanding, Stream<? extends Task> expanded) {
        var problems = new Diagnostics();
        var required = TaskAnswer.requirements(expanding, problems::add).orElseGet(TaskAnswer::nothing);
        var items = new ArrayList<Map<String, String>>();
        expanded.forEach(item -> {
            if (item.getClass() != itemClass) {
                problems.add(GraphFindings.item(expanding, item, "is no " + itemClass.getSimpleName()));
                return;
            }
            for (var other : TaskAnswer.requirements(item, problems::add)
                    .orElseGet(TaskAnswer::nothing)
                    .all()) {
                if (!required.needed().getOrDefault(other, false)) {
                    problems.add(GraphFindings.item(
                            expanding,
                            item,
                            "requires " + GraphFindings.name(other) + ", which the expanding task does not require"));
                }
            }
            try {
                items.add(Parameters.of(itemClass).print(item));
            } catch (IllegalArgumentException e) {
                problems.add(GraphFindings.item(expanding, item, "has no text: " + e.getMessage()));
            }
        });
        problems.throwIfErrors();
        return ItemList.of(items);
    }

    /// The item of printed parameters.
    ///
    /// @throws dev.baton.task.InvalidInput when one is missing, unknown or no value of its type
    public Task item(Map<String, String> parameters) {
        return (Task) Parameters.of(itemClass).parse(parameters);
    }

    /// What is declared on the items' class.
    public Declarations declarations() {
        return Declarations.of(itemClass);
    }

    /// The template of the items' output.
    public Template template() {
        return Template.of(samples.getFirst().output().template(), itemClass);
    }

    /// The target of the first sample where the items' outputs are items of a table.
    public Optional<DynamoDbTarget> itemTarget() {
        return samples.getFirst().output() instanceof DynamoDbTarget target ? Optional.of(target) : Optional.empty();
    }

    /// The classes of what the items require, all of them also required by the expanding task.
    public SequencedSet<Class<?>> requires() {
        var classes = new LinkedHashSet<Class<?>>();
        samples.forEach(item -> item.requires()
                .forEach(required -> classes.add(Unneeded.unwrap(required).getClass())));
        return classes;
    }

    /// What the items touch beyond inputs and output, for all samples together.
    public List<Access> uses() {
        var uses = new LinkedHashSet<Access>();
        samples.forEach(task -> uses.addAll(task.uses()));
        return List.copyOf(uses);
    }
}
