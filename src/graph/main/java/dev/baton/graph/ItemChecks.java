package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Expansion;
import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The checks of items: what the items of expanding tasks have to be.
final class ItemChecks {
    private final Map<Class<?>, List<NodeDraft>> types;
    private final Consumer<Diagnostic> report;
    private final Map<Class<?>, ItemNodes> items = new HashMap<>();

    /// @param types the places of a graph by class
    ItemChecks(Map<Class<?>, List<NodeDraft>> types, Consumer<Diagnostic> report) {
        this.types = types;
        this.report = report;
    }

    /// The items of each expanding class.
    Map<Class<?>, ItemNodes> check() {
        types.forEach((type, places) -> {
            if (ExpandingTask.class.isAssignableFrom(type)) {
                expanding(type, places).ifPresent(found -> items.put(type, found));
            }
        });
        return items;
    }

    private Optional<ItemNodes> expanding(Class<?> type, List<NodeDraft> places) {
        annotation(type);
        var classes = new HashSet<Class<?>>();
        for (var place : places) {
            place.tasks().forEach(task -> classes.add(((ExpandingTask<?>) task).itemClass()));
        }
        if (classes.size() != 1 || classes.contains(null)) {
            report.accept(GraphFindings.items(type, "itemClass() is not one class for all parameters"));
            return Optional.empty();
        }
        var itemClass = classes.iterator().next();
        var problem = problem(itemClass);
        if (problem.isPresent()) {
            report.accept(
                    GraphFindings.items(type, "its items are " + itemClass.getSimpleName() + ", " + problem.get()));
            return Optional.empty();
        }
        ClassChecks.declarations(itemClass, report);
        ApprovalChecks.item(itemClass, type, report);
        var problems = new ArrayList<Diagnostic>();
        ClassChecks.parameters(itemClass, problems::add);
        var samples =
                problems.isEmpty() ? new SampleRoots(itemClass, List.of(), problems::add).choose() : List.<Record>of();
        problems.forEach(report);
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        var found = ItemNodes.of(
                type,
                itemClass.asSubclass(Record.class),
                samples.stream().map(Task.class::cast).toList());
        requirements(type, places, found);
        return Optional.of(found);
    }

    private Optional<String> problem(Class<?> itemClass) {
        if (!itemClass.isRecord()) {
            return Optional.of("which is not a record");
        }
        if (ExternalTask.class.isAssignableFrom(itemClass)) {
            return Optional.of("which somebody else completes");
        }
        if (ExpandingTask.class.isAssignableFrom(itemClass)) {
            return Optional.of("which expands itself");
        }
        return types.containsKey(itemClass) ? Optional.of("of which the graph has tasks already") : Optional.empty();
    }

    private void annotation(Class<?> type) {
        var expansion = type.getAnnotation(Expansion.class);
        if (expansion == null) {
            return;
        }
        if (expansion.maxConcurrency() < 1 || expansion.maxConcurrency() > 10_000) {
            report.accept(GraphFindings.annotation(
                    type, "Expansion(maxConcurrency)", "from 1 to 10000", expansion.maxConcurrency()));
        }
        var tolerated = expansion.toleratedFailurePercentage();
        if (tolerated < 0 || tolerated > 99) {
            report.accept(
                    GraphFindings.annotation(type, "Expansion(toleratedFailurePercentage)", "from 0 to 99", tolerated));
        }
    }

    /// The classes only: the items' parameters are not those of this run.
    private void requirements(Class<?> type, List<NodeDraft> places, ItemNodes found) {
        var required = new HashSet<Class<?>>();
        places.forEach(place -> place.requires().forEach(other -> required.add(other.type())));
        for (var item : found.samples()) {
            var asked = TaskAnswer.requirements(item, report).orElseGet(TaskAnswer::nothing);
            for (var other : asked.all()) {
                if (!required.contains(Unneeded.unwrap(other).getClass())) {
                    report.accept(GraphFindings.items(
                            type,
                            "its item " + GraphFindings.name(item) + " requires " + GraphFindings.name(other)
                                    + ", which it does not require itself"));
                    return;
                }
            }
        }
    }

    /// The classes of items, for checks that are the same for all classes.
    static Set<Class<?>> classes(Map<Class<?>, ItemNodes> items) {
        var classes = new HashSet<Class<?>>();
        items.values().forEach(found -> classes.add(found.itemClass()));
        return classes;
    }
}
