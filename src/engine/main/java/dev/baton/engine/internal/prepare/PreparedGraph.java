package dev.baton.engine.internal.prepare;

import java.util.Map;

/// States ready to run, with the one to start at.
///
/// @param states by name
public record PreparedGraph(String startAt, Map<String, PreparedState> states) {

    public PreparedGraph {
        states = Map.copyOf(states);
        link(states);
    }

    public PreparedState start() {
        return state(startAt);
    }

    public PreparedState state(String name) {
        var state = states.get(name);
        if (state == null) {
            throw new IllegalArgumentException("no state " + name + "; there are " + states.keySet());
        }
        return state;
    }

    /// Lets every state know its successor, so that a transition looks nothing up.
    private static void link(Map<String, PreparedState> states) {
        states.values().forEach(state -> state.link(states::get));
    }
}
