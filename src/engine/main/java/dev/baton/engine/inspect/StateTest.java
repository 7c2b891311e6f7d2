package dev.baton.engine.inspect;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.State;
import dev.baton.jsonata.evaluation.EvaluationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One state, and all that its run depends on.
///
/// @param name of the state
/// @param language that the state speaks unless it says otherwise itself
/// @param input a JSON value
/// @param context the context object, as it is
/// @param variables that the state sees
/// @param roleArn with which a task is called that is not mocked
/// @param mock what the state's work gives; null to really do it
/// @param surroundings clock and random source
public record StateTest(
        String name,
        State state,
        QueryLanguage language,
        @Nullable Object input,
        Map<String, @Nullable Object> context,
        Map<String, @Nullable Object> variables,
        @Nullable String roleArn,
        @Nullable StateTestMock mock,
        Past past,
        EvaluationContext surroundings) {

    /// The events that are taken to have happened in the state before.
    ///
    /// @param retries how often the retrier that names the failure was used
    /// @param failedIterations how many iterations of a Map failed
    /// @param itemData what the ItemReader of a Map read, as it is in its source; null where nobody says
    public record Past(
            int retries,
            @Nullable Long failedIterations,
            @Nullable String itemData) {
        public static final Past NONE = new Past(0, null, null);
    }
}
