package dev.baton.compiler.internal.machine;

import dev.baton.asl.ChoiceState;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.PayloadTemplate;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateMachine;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.asl.WaitState;
import dev.baton.compiler.pipeline.Proof;
import dev.baton.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measures a definition as it is written, without regard to how it came about.
///
/// History events are counted for the worst execution: every state is entered, once but for the loops of
/// [PollingStates], and every task uses up all attempts of all its retriers and succeeds with the last. Failing would
/// end the execution sooner.
final class Proofs {
    /// What replaces `${…}` may be longer: an account id, a region, a version number.
    private static final double SUBSTITUTED = 1.05;

    /// Entered and exited.
    private static final long AROUND = 2;

    /// Scheduled, started, and how it ended.
    private static final long ATTEMPT = 3;

    /// The same, and submitted: the token or the child execution is awaited.
    private static final long WAITING_ATTEMPT = 4;

    /// The run and names around a payload; the parameters of a run are bounded by the execution's name.
    private static final int PAYLOAD_ALLOWANCE = 4_096;

    private Proofs() {}

    static Proof of(StateMachine machine) {
        var text = Json.print(Json.parse(machine.toJson()));
        var bytes = (int) (text.getBytes(StandardCharsets.UTF_8).length * SUBSTITUTED);
        return new Proof(states(machine), bytes, 2 + events(machine), PAYLOAD_ALLOWANCE + payload(machine));
    }

    private static int states(StateGraph graph) {
        return graph.states().values().stream()
                .mapToInt(state ->
                        1 + state.graphs().stream().mapToInt(Proofs::states).sum())
                .sum();
    }

    private static long events(StateGraph graph) {
        return graph.states().values().stream()
                .mapToLong(state -> events(state) + (state instanceof WaitState wait ? further(wait, graph) : 0))
                .sum();
    }

    /// What the rounds after the first add: each is a wait, a call and the question whether it has ended.
    private static long further(WaitState wait, StateGraph graph) {
        var round = events(wait);
        var next = wait.transition();
        while (next instanceof Transition.Next(var name) && graph.states().get(name) instanceof TaskState task) {
            round += events(task);
            next = task.transition();
        }
        return (PollingStates.MOST_ROUNDS - 1) * (round + AROUND);
    }

    private static long events(State state) {
        return switch (state) {
            case TaskState task ->
                AROUND
                        + StateRetriers.attempts(task.retry())
                                * (task.resource().contains(".sync")
                                                || task.resource().endsWith(".waitForTaskToken")
                                        ? WAITING_ATTEMPT
                                        : ATTEMPT);
            case ParallelState parallel ->
                AROUND
                        + 2
                        + parallel.branches().stream().mapToLong(Proofs::events).sum();
            case MapState map when map.isDistributed() -> AROUND + 4;
            case MapState map -> AROUND + 2 + items(map) * (2 + events(map.processor()));
            case ChoiceState choice -> AROUND;
            case PassState pass -> AROUND;
            case SucceedState succeed -> AROUND;
            case FailState fail -> 1;
            case WaitState wait -> AROUND;
        };
    }

    private static long items(MapState map) {
        return map.items() instanceof PayloadTemplate(List<?> items) ? items.size() : MachineWriter.MOST_INLINE;
    }

    private static int payload(StateGraph graph) {
        return graph.states().values().stream()
                .mapToInt(state -> Math.max(
                        Math.max(size(state.data().arguments()), state instanceof MapState map ? size(map.items()) : 0),
                        state.graphs().stream().mapToInt(Proofs::payload).max().orElse(0)))
                .max()
                .orElse(0);
    }

    private static int size(@Nullable PayloadTemplate template) {
        return template == null ? 0 : Json.bytes(template.value()).length;
    }
}
