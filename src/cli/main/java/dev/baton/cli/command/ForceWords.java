package dev.baton.cli.command;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.graph.ForcedTasks;
import dev.baton.graph.TaskGraph;
import dev.baton.run.Force;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// The option by which a call wants tasks to run, be they fresh or not.
final class ForceWords {
    @Option(
            names = "--force",
            paramLabel = "TASK",
            split = ",",
            description = "run TASK also where it is fresh, TASK+ with all that follows it, or all; more than once too")
    private List<String> tasks = new ArrayList<>();

    boolean isSaid() {
        return !tasks.isEmpty();
    }

    /// The wish of the person at this machine.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException RUN043, RUN044 when the graph has no such task
    Optional<Force> here(TaskGraph graph) {
        var force = by(() -> System.getProperty("user.name", "somebody"));
        force.ifPresent(wish -> ForcedTasks.of(graph, wish));
        return force;
    }

    /// The wish of whoever an endpoint knows by the credentials.
    Optional<Force> at(Endpoint endpoint) {
        return by(endpoint::caller);
    }

    private Optional<Force> by(Supplier<String> who) {
        return isSaid() ? Optional.of(new Force(tasks, who.get())) : Optional.empty();
    }
}
