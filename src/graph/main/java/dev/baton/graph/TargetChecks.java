package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskKey;
import dev.baton.task.template.BucketName;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The checks of targets: what the targets of a graph's tasks have to be, each by itself and all together.
final class TargetChecks {
    private final Map<Class<?>, List<NodeDraft>> types;
    private final Collection<ItemNodes> items;
    private final Consumer<Diagnostic> report;
    private final List<ClassOutputs> outputs = new ArrayList<>();
    private final Map<Class<?>, DynamoDbTarget> tables = new LinkedHashMap<>();

    /// @param types the places of a graph by class
    /// @param items those of its expanding tasks
    TargetChecks(Map<Class<?>, List<NodeDraft>> types, Collection<ItemNodes> items, Consumer<Diagnostic> report) {
        this.types = types;
        this.items = items;
        this.report = report;
    }

    void check() {
        types.forEach((type, places) -> type(
                        type, places.stream().map(NodeDraft::tasks).toList())
                .ifPresent(template -> output(type, places, template)));
        oneTarget();
        items.forEach(found ->
                type(found.itemClass(), List.of(found.samples())).ifPresent(template -> item(found, template)));
        overlaps();
        ItemTargets.shared(tables).forEach(report);
    }

    /// The one template of all tasks of a class.
    private Optional<Template> type(Class<?> type, List<List<Task>> tasks) {
        @Nullable String text = null;
        for (var tuple : tasks) {
            for (var task : tuple) {
                var target = target(task);
                if (target.isEmpty()) {
                    return Optional.empty();
                }
                if (text != null && !text.equals(target.get().template())) {
                    report.accept(
                            GraphFindings.concatenated(type, text, target.get().template()));
                    return Optional.empty();
                }
                text = target.get().template();
            }
        }
        if (text == null) {
            return Optional.empty();
        }
        var problems = Template.problems(text, type);
        problems.forEach(problem -> report.accept(GraphFindings.template(type, problem)));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        var template = Template.of(text, type);
        bucket(type, template.bucket(), report);
        return Optional.of(template);
    }

    /// A logical bucket is a real one of the same name wherever no environment says another.
    static void bucket(Class<?> type, String bucket, Consumer<Diagnostic> report) {
        BucketName.problem(bucket).ifPresent(problem -> report.accept(GraphFindings.bucket(type, bucket, problem)));
    }

    private void item(ItemNodes found, Template template) {
        var given = Set.copyOf(template.components());
        var whole = true;
        for (var parameter : Parameters.of(found.itemClass()).all()) {
            if (!given.contains(parameter.name())) {
                report.accept(GraphFindings.missing(found.itemClass(), template.text(), parameter.name()));
                whole = false;
            }
        }
        if (whole) {
            outputs.add(new ClassOutputs(found.itemClass(), template, Map.of(), false));
        }
    }

    private Optional<Target> target(Task task) {
        @Nullable Target target;
        try {
            target = task.output();
        } catch (Throwable e) {
            report.accept(GraphFindings.failed(task, "output()", e));
            return Optional.empty();
        }
        var problem = switch (target) {
            case null -> GraphFindings.nothing(task, "output()");
            case S3Target object -> unbound(object.task(), task);
            case DynamoDbTarget item when !TaskKey.same(item.task(), task) -> unbound(item.task(), task);
            case DynamoDbTarget item -> ItemTargets.problem(item, task);
        };
        if (target instanceof DynamoDbTarget item) {
            tables.putIfAbsent(task.getClass(), item);
        }
        if (problem != null) {
            report.accept(problem);
            return Optional.empty();
        }
        return Optional.ofNullable(target);
    }

    private static @Nullable Diagnostic unbound(Task bound, Task task) {
        return TaskKey.same(bound, task) ? null : GraphFindings.unbound(task, bound);
    }

    private void output(Class<?> type, List<NodeDraft> places, Template template) {
        var parameters = Parameters.of(type);
        var given = Set.copyOf(template.components());
        var constants = new TreeMap<String, String>();
        var whole = true;
        for (var i = 0; i < parameters.count(); i++) {
            var component = i;
            var parameter = parameters.get(i);
            var first = parameters.value(places.getFirst().task(0), i);
            var constant = places.stream()
                    .allMatch(place ->
                            place.relations().get(component) instanceof ParameterRelation.Constant(Object value)
                                    && value.equals(first));
            if (constant) {
                parameter.type().printed(first).ifPresent(text -> constants.put(parameter.name(), text));
            } else if (!given.contains(parameter.name())) {
                report.accept(GraphFindings.missing(type, template.text(), parameter.name()));
                whole = false;
            }
        }
        if (whole) {
            outputs.add(new ClassOutputs(
                    type, template, constants, places.getFirst().external()));
        }
    }

    /// Told once for two classes: each sample shows the same mistake.
    private void oneTarget() {
        var told = new HashSet<List<Class<?>>>();
        for (var sample = 0;
                sample < types.values().iterator().next().getFirst().tasks().size();
                sample++) {
            var byUri = new HashMap<String, Task>();
            for (var output : outputs) {
                for (var place : types.getOrDefault(output.type(), List.of())) {
                    var task = place.task(sample);
                    try {
                        var other = byUri.putIfAbsent(output.template().uri((Record) task), task);
                        if (other != null
                                && !TaskKey.same(other, task)
                                && told.add(List.of(other.getClass(), task.getClass()))) {
                            report.accept(GraphFindings.oneTarget(
                                    other, task, output.template().uri((Record) task)));
                        }
                    } catch (IllegalArgumentException e) {
                        report.accept(GraphFindings.unprintable(task, String.valueOf(e.getMessage())));
                    }
                }
            }
        }
    }

    private void overlaps() {
        for (var i = 0; i < outputs.size(); i++) {
            for (var j = i + 1; j < outputs.size(); j++) {
                var one = outputs.get(i);
                var other = outputs.get(j);
                if (one.external() == other.external() && one.meets(other)) {
                    report.accept(GraphFindings.overlap(
                            one.type(),
                            one.template().text(),
                            other.type(),
                            other.template().text()));
                } else {
                    reach(one, other);
                    reach(other, one);
                }
            }
        }
    }

    /// What the role of one may write, whether or not its code ever does, must not be the other's.
    private void reach(ClassOutputs one, ClassOutputs other) {
        if (one.external() || !one.reaches(other)) {
            return;
        }
        var output = one.template().text();
        var otherOutput = other.template().text();
        report.accept(
                other.external()
                        ? GraphFindings.triggersItself(one.type(), output, other.type(), otherOutput)
                        : GraphFindings.reach(one.type(), output, other.type(), otherOutput));
    }
}
