package dev.baton.compiler.internal.machine;

import dev.baton.asl.ChoiceState;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.WaitState;
import java.util.List;
import java.util.stream.Stream;

/// Walks states, inner ones too.
public final class States {
    private States() {}

    /// Every state of a graph and of the graphs inside its states.
    public static Stream<State> all(StateGraph graph) {
        return graph.states().values().stream()
                .flatMap(state -> Stream.concat(Stream.of(state), inner(state).stream().flatMap(States::all)));
    }

    /// The graphs inside a state.
    public static List<? extends StateGraph> inner(State state) {
        return switch (state) {
            case ParallelState parallel -> parallel.branches();
            case MapState map -> List.of(map.processor());
            case TaskState task -> List.of();
            case ChoiceState choice -> List.of();
            case PassState pass -> List.of();
            case SucceedState succeed -> List.of();
            case FailState fail -> List.of();
            case WaitState wait -> List.of();
        };
    }
}
