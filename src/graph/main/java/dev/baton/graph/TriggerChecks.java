package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The checks of triggers: whether every root can be found again from the keys of what it needs, as far as samples and
/// probes tell.
final class TriggerChecks {
    private final TaskGraph graph;
    private final TriggerNodes triggers;
    private final Consumer<Diagnostic> report;

    TriggerChecks(TaskGraph graph, Consumer<Diagnostic> report) {
        this.graph = graph;
        this.triggers = new RunTriggers(graph).nodes();
        this.report = report;
    }

    void check() {
        for (var type : graph.pipeline().startingClasses()) {
            if (graph.externals().stream().noneMatch(node -> node.taskClass() == type)) {
                report.accept(PipelineFindings.startsNothing(graph.pipeline(), type));
            }
        }
        if (triggers.starters().isEmpty()) {
            return;
        }
        var untold = triggers.untold();
        for (var parameter : untold) {
            var dependent = triggers.starters().stream()
                    .filter(starter -> starter.dependsOn(parameter))
                    .findFirst();
            if (dependent.isPresent()) {
                report.accept(PipelineFindings.notFoundAgain(
                        graph.pipeline(), dependent.get().node().samples().getFirst()));
            } else if (graph.pipeline().schedules().isEmpty()) {
                // A tick tells all parameters (TSK082).
                report.accept(PipelineFindings.leftOpen(
                        graph.pipeline(), graph.rootParameters().get(parameter).name()));
            }
        }
        if (untold.isEmpty()) {
            roundTrip();
            probe();
        }
    }

    /// What the samples do not show: a root that is not told by what it needs, a way back that does not hold for it, a
    /// condition that was not said, another graph than the samples'.
    private void probe() {
        var told = new HashSet<Class<?>>();
        @Nullable Record open = null;
        @Nullable Record free = null;
        var misshapen = false;
        for (var root : new RootProbes(graph).choose()) {
            GraphInstance instance;
            try {
                instance = graph.instance(root);
            } catch (DiagnosticException e) {
                if (!misshapen) {
                    report.accept(PipelineFindings.misshapen(
                            (Task) root, e.diagnostics().getFirst()));
                }
                misshapen = true;
                continue;
            }
            var needed = triggers.starters().stream()
                    .filter(starter -> instance.needed(starter.node()))
                    .toList();
            var parts = new HashSet<Integer>();
            for (var starter : needed) {
                parts.addAll(starter.tells());
                var task = instance.task(starter.node());
                if (!found(starter, task, root) && told.add(task.getClass())) {
                    report.accept(PipelineFindings.notFoundAgain(graph.pipeline(), task));
                }
            }
            for (var starter : triggers.always()) {
                if (!instance.needed(starter.node()) && told.add(starter.node().taskClass())) {
                    report.accept(PipelineFindings.silentlyLeftOut((Task) root, instance.task(starter.node())));
                }
            }
            if (needed.isEmpty()) {
                free = free == null ? root : free;
            } else if (!triggers.missing(parts).isEmpty() && open == null) {
                open = root;
                report.accept(PipelineFindings.leftOpen(
                        (Task) root,
                        needed.stream()
                                .map(starter -> instance.task(starter.node()))
                                .toList(),
                        names(triggers.missing(parts))));
            }
        }
        if (free != null) {
            report.accept(PipelineFindings.startedByNothing((Task) free));
        }
    }

    private List<String> names(Set<Integer> parameters) {
        return parameters.stream()
                .map(i -> graph.rootParameters().get(i).name())
                .toList();
    }

    /// It is enough that each external task gives back what it tells of the root: what it leaves open comes from
    /// others, of which the same is held.
    private void roundTrip() {
        var told = new HashSet<Class<?>>();
        for (var starter : triggers.starters()) {
            var node = starter.node();
            for (var sample = 0; sample < node.samples().size(); sample++) {
                var task = node.samples().get(sample);
                if (!told.contains(node.taskClass())
                        && !found(starter, task, graph.sampleRoots().get(sample))) {
                    told.add(node.taskClass());
                    report.accept(PipelineFindings.notFoundAgain(graph.pipeline(), task));
                }
            }
        }
    }

    private boolean found(TriggerNode starter, Task external, Record root) {
        return starter.task(starter.node().template().key((Record) external))
                .filter(task -> starter.proposes(task, root))
                .isPresent();
    }
}
