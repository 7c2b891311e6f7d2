package dev.baton.engine.internal.execute;

import dev.baton.engine.internal.prepare.PreparedState;
import java.util.HashMap;
import java.util.Map;

/// The number of visits of a state thread to each of its Task states; only those are counted, since only handlers ask.
final class StateVisits {
    private Map<String, Integer> counts = Map.of();

    void enter(PreparedState state) {
        if (state.kind() != PreparedState.Kind.TASK) {
            return;
        }
        if (counts.isEmpty()) {
            counts = new HashMap<>(2);
        }
        counts.merge(state.name(), 1, Integer::sum);
    }

    /// The number of visits before the current one.
    int of(PreparedState state) {
        return counts.getOrDefault(state.name(), 1) - 1;
    }
}
