package dev.baton.task.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.S3Target;
import dev.baton.task.Task;
import java.util.HashSet;
import java.util.function.Consumer;

/// Whether every sample root can be found again from each of its external tasks.
final class TriggerChecks {
    private final TaskGraph graph;
    private final Triggers triggers;
    private final Consumer<Diagnostic> report;

    TriggerChecks(TaskGraph graph, Consumer<Diagnostic> report) {
        this.graph = graph;
        this.triggers = graph.triggers();
        this.report = report;
    }

    void check() {
        for (var type : graph.pipeline().startingClasses()) {
            if (graph.externals().stream().noneMatch(node -> node.taskClass() == type)) {
                report.accept(Findings.startsNothing(graph.pipeline(), type));
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
                report.accept(Findings.notFoundAgain(
                        graph.pipeline(), dependent.get().node().samples().getFirst()));
            } else {
                report.accept(Findings.leftOpen(
                        graph.pipeline(), graph.rootParameters().get(parameter).name()));
            }
        }
        if (untold.isEmpty()) {
            roundTrip();
        }
    }

    /// It is enough that each external task gives back what it tells of the root: what it leaves open comes from
    /// others, of which the same is held.
    private void roundTrip() {
        var told = new HashSet<Class<?>>();
        for (var starter : triggers.starters()) {
            var node = starter.node();
            for (var sample = 0; sample < node.samples().size(); sample++) {
                var task = node.samples().get(sample);
                if (!told.contains(node.taskClass()) && !found(starter, task, sample)) {
                    told.add(node.taskClass());
                    report.accept(Findings.notFoundAgain(graph.pipeline(), task));
                }
            }
        }
    }

    private boolean found(Starter starter, Task external, int sample) {
        var root = graph.sampleRoots().get(sample);
        var parameters = graph.rootParameters();
        return starter.task(((S3Target) external.output()).key()).stream()
                .flatMap(task -> starter.propose(task).stream())
                .anyMatch(proposal -> proposal.entrySet().stream()
                        .allMatch(
                                entry -> parameters.value(root, entry.getKey()).equals(entry.getValue())));
    }
}
