package dev.baton.cli.operate;

import dev.baton.cli.deploy.EndpointDocuments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The roles of a definition's states, which states of a definition run tasks, and under which role: that which is
/// called like their function.
public final class StateRoles {
    private final Map<String, String> roles = new HashMap<>();

    /// @param definition in the Amazon States Language, as deployed
    public StateRoles(String definition) {
        collect(EndpointDocuments.object("the definition of the state machine", definition));
    }

    /// The role's name; nothing for a state that runs no task.
    public Optional<String> of(String state) {
        return Optional.ofNullable(roles.get(state));
    }

    private void collect(Map<?, ?> scope) {
        if (scope.get("States") instanceof Map<?, ?> states) {
            states.forEach((name, state) -> {
                if (state instanceof Map<?, ?> object) {
                    function(object).ifPresent(function -> roles.put((String) name, function));
                    object.values().forEach(this::inside);
                }
            });
        }
    }

    private void inside(@Nullable Object value) {
        if (value instanceof Map<?, ?> scope) {
            collect(scope);
        } else if (value instanceof List<?> branches) {
            branches.forEach(this::inside);
        }
    }

    /// A task's state tells its function which node is meant; one that waits names the function that it begins then.
    private static Optional<String> function(Map<?, ?> state) {
        if (!(state.get("Arguments") instanceof Map<?, ?> arguments)
                || !(arguments.get("Payload") instanceof Map<?, ?> payload)) {
            return Optional.empty();
        }
        if (payload.get("begin") instanceof Map<?, ?> begun && begun.get("function") instanceof String arn) {
            return Optional.of(name(arn));
        }
        return payload.containsKey("node") && arguments.get("FunctionName") instanceof String arn
                ? Optional.of(name(arn))
                : Optional.empty();
    }

    private static String name(String functionArn) {
        var parts = functionArn.split(":");
        return parts.length > 6 ? parts[6] : functionArn;
    }
}
