package dev.baton.task.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the targets of a graph's tasks have to be, each by itself and all together.
final class TargetChecks {
    private final Map<Class<?>, List<Place>> types;
    private final Consumer<Diagnostic> report;
    private final List<Outputs> outputs = new ArrayList<>();

    TargetChecks(Map<Class<?>, List<Place>> types, Consumer<Diagnostic> report) {
        this.types = types;
        this.report = report;
    }

    void check() {
        types.forEach(this::type);
        oneTarget();
        overlaps();
    }

    private void type(Class<?> type, List<Place> places) {
        @Nullable String text = null;
        for (var place : places) {
            for (var task : place.tasks()) {
                var target = target(task);
                if (target.isEmpty()) {
                    return;
                }
                if (text != null && !text.equals(target.get().template())) {
                    report.accept(Findings.concatenated(type, text, target.get().template()));
                    return;
                }
                text = target.get().template();
            }
        }
        if (text == null) {
            return;
        }
        var problems = Template.problems(text, type);
        problems.forEach(problem -> report.accept(Findings.template(type, problem)));
        if (problems.isEmpty()) {
            output(type, places, Template.of(text, type));
        }
    }

    private Optional<S3Target> target(Task task) {
        @Nullable Target target;
        try {
            target = task.output();
        } catch (RuntimeException | StackOverflowError e) {
            report.accept(Findings.failed(task, "output()", e));
            return Optional.empty();
        }
        return switch (target) {
            case null -> {
                report.accept(Findings.nothing(task, "output()"));
                yield Optional.empty();
            }
            case S3Target s3 when !s3.task().equals(task) -> {
                report.accept(Findings.unbound(task, s3.task()));
                yield Optional.empty();
            }
            case S3Target s3 -> Optional.of(s3);
        };
    }

    private void output(Class<?> type, List<Place> places, Template template) {
        var parameters = Parameters.of(type);
        var given = Set.copyOf(template.components());
        var constants = new TreeMap<String, String>();
        var whole = true;
        for (var i = 0; i < parameters.count(); i++) {
            var component = i;
            var parameter = parameters.get(i);
            var first = parameters.value(places.getFirst().task(0), i);
            var constant = places.stream()
                    .allMatch(place -> place.relations().get(component) instanceof Relation.Constant(Object value)
                            && value.equals(first));
            if (constant) {
                parameter.type().printed(first).ifPresent(text -> constants.put(parameter.name(), text));
            } else if (!given.contains(parameter.name())) {
                report.accept(Findings.missing(type, template.text(), parameter.name()));
                whole = false;
            }
        }
        if (whole) {
            outputs.add(new Outputs(type, template, constants, places.getFirst().external()));
        }
    }

    private void oneTarget() {
        for (var sample = 0; sample < types.values().iterator().next().getFirst().tasks().size(); sample++) {
            var byUri = new HashMap<String, Task>();
            for (var output : outputs) {
                for (var place : types.getOrDefault(output.type(), List.of())) {
                    var task = place.task(sample);
                    try {
                        var other = byUri.putIfAbsent(output.template().uri((Record) task), task);
                        if (other != null && !other.equals(task)) {
                            report.accept(Findings.oneTarget(
                                    other, task, output.template().uri((Record) task)));
                        }
                    } catch (IllegalArgumentException e) {
                        report.accept(Findings.unprintable(task, String.valueOf(e.getMessage())));
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
                    report.accept(Findings.overlap(
                            one.type(), one.template().text(), other.type(), other.template().text()));
                } else {
                    reach(one, other);
                    reach(other, one);
                }
            }
        }
    }

    /// What the role of one may write, whether or not its code ever does, must not be the other's.
    private void reach(Outputs one, Outputs other) {
        if (one.external() || !one.reaches(other)) {
            return;
        }
        var output = one.template().text();
        var otherOutput = other.template().text();
        report.accept(
                other.external()
                        ? Findings.triggersItself(one.type(), output, other.type(), otherOutput)
                        : Findings.reach(one.type(), output, other.type(), otherOutput));
    }
}
