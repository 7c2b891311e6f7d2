package dev.baton.engine.execution;

import dev.baton.asl.StateMachine;
import dev.baton.engine.internal.prepare.Preparation;
import dev.baton.engine.internal.prepare.PreparedGraph;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A state machine made ready to run: paths, templates, intrinsic functions and JSONata compiled once, and shared by
/// all its executions.
public final class PreparedMachine {
    private final PreparedGraph graph;
    private final @Nullable Duration timeout;

    private PreparedMachine(PreparedGraph graph, @Nullable Duration timeout) {
        this.graph = graph;
        this.timeout = timeout;
    }

    /// Prepares a definition that was validated: what no state could ever run is refused.
    ///
    /// @throws dev.baton.asl.path.PathSyntaxException when a path cannot be compiled
    /// @throws dev.baton.jsonata.evaluation.JsonataException when an expression cannot be compiled
    public static PreparedMachine of(StateMachine definition) {
        var seconds = definition.timeoutSeconds();
        return new PreparedMachine(
                Preparation.of(definition), seconds == null ? null : Duration.ofSeconds(seconds.longValue()));
    }

    /// The graph that the children of a Map Run execute. For the engine itself, as is [#graph()].
    public static PreparedMachine ofGraph(PreparedGraph graph) {
        return new PreparedMachine(graph, null);
    }

    /// The states, for the engine itself.
    public PreparedGraph graph() {
        return graph;
    }

    /// The bound on an execution's duration, or null where the definition does not say.
    public @Nullable Duration timeout() {
        return timeout;
    }
}
