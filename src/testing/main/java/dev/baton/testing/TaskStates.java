package dev.baton.testing;

import dev.baton.asl.StateGraph;
import dev.baton.asl.TaskState;
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
            if (state instanceof TaskState) {
                names.add(name);
            }
            state.graphs().forEach(this::gather);
        });
    }
}
