package dev.baton.lambda.internal.start;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.ScheduleTicks;
import dev.baton.lambda.internal.GraphInstances;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The roots that a pipeline's schedules propose.
///
/// Like the objects that are there, the last tick of each schedule is there to be read at any time: so a tick that was
/// lost is found by a sweep, and an object that was missing at a tick starts what the tick proposed when it comes.
/// Earlier ticks are history: whoever wants their runs asks for them.
final class ScheduledRoots {
    private static final String UNKNOWN = "RUN042";

    private final GraphInstances instances;
    private final InstantSource time;

    ScheduledRoots(GraphInstances instances, InstantSource time) {
        this.instances = instances;
        this.time = time;
    }

    /// What a tick proposes.
    ///
    /// @param schedule the name of what ticked, which ends in [ScheduleTicks#id]; a pipeline with one schedule takes
    ///     every name, so that rules made by hand work too
    /// @throws InvalidInput when the pipeline has no such schedule (RUN042)
    List<Map<String, String>> proposed(String schedule, Instant tick) {
        var ticks = ScheduleTicks.of(instances.graph());
        if (ticks.size() == 1) {
            return ticks.getFirst().roots(tick);
        }
        return ticks.stream()
                .filter(one -> schedule.endsWith("-" + one.id()))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("the schedule \"" + schedule + "\" is none of the pipeline "
                        + instances.graph().pipeline() + ", which has "
                        + ticks.stream()
                                .map(one -> one.schedule() + " (" + one.id() + ")")
                                .toList()
                        + " (baton explain " + UNKNOWN + ")"))
                .roots(tick);
    }

    /// What the last ticks proposed.
    Set<Map<String, String>> last() {
        var roots = new LinkedHashSet<Map<String, String>>();
        for (var ticks : ScheduleTicks.of(instances.graph())) {
            ticks.until(time.instant()).map(ticks::roots).ifPresent(roots::addAll);
        }
        return roots;
    }

    /// Those of [#last] that read an object.
    ///
    /// @param uri logical
    List<Map<String, String>> reading(String uri) {
        return last().stream().filter(root -> reads(root, uri)).toList();
    }

    private boolean reads(Map<String, String> root, String uri) {
        try {
            var instance = instances.of(root);
            return instance.externals().stream()
                    .anyMatch(node -> instance.task(node).output().uri().equals(uri));
        } catch (DiagnosticException e) {
            // A root with another shape (RUN010) cannot run; its own tick tells of it.
            return false;
        }
    }
}
