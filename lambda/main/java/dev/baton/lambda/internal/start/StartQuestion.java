package dev.baton.lambda.internal.start;

import dev.baton.run.Force;
import dev.baton.run.Requester;
import dev.baton.run.RunAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A question of whether somebody may do something with a run.
///
/// @param actions all that it is; each must be allowed
/// @param parameters of the run's root; empty where they are not known
/// @param force which of its tasks are to run although they are fresh
/// @param runs how many such runs are asked for together
/// @param at when it is asked
public record StartQuestion(
        Requester requester,
        List<RunAction> actions,
        Map<String, String> parameters,
        Optional<Force> force,
        int runs,
        Instant at) {
    public StartQuestion {
        actions = List.copyOf(actions);
        parameters = Map.copyOf(parameters);
    }

    /// The parameters as texts that name them.
    public List<String> shownParameters() {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList();
    }
}
