package dev.baton.testing;

import dev.baton.asl.ChoiceState;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.StateGraph;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.WaitState;
import java.util.LinkedHashSet;
import java.util.Set;

/// The names of the Task states of a graph and of the graphs inside, in the order of the text.
final class TaskStates {
    private final Set<String> names = new LinkedHashSet<>();

    private TaskStates() {}

    static Set<String> of(StateGraph graph) {
        var states = new TaskStates();
        states.gather(graph);
        return states.names;
    }

    private void gather(StateGraph graph) {
        graph.states().forEach((name, state) -> {
            switch (state) {
                case TaskState task -> names.add(name);
                case ParallelState parallel -> parallel.branches().forEach(this::gather);
                case MapState map -> gather(map.processor());
                case PassState none -> {}
                case ChoiceState none -> {}
                case WaitState none -> {}
                case SucceedState none -> {}
                case FailState none -> {}
            }
        });
    }
}
