package dev.baton.cli.operate;

import dev.baton.asl.text.GraphText;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.name.Arn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The roles of a definition's states, which states of a definition run tasks, and under which role: that which is
/// called like their function.
public final class StateRoles {
    private final Map<String, String> roles = new HashMap<>();

    /// @param definition in the Amazon States Language, as deployed
    public StateRoles(String definition) {
        var graph = GraphText.of(EndpointDocuments.nodes("the definition of the state machine", definition));
        if (graph != null) {
            graph.allStates()
                    .forEach(state ->
                            function(state.fields().value()).ifPresent(function -> roles.put(state.name(), function)));
        }
    }

    /// The role's name; nothing for a state that runs no task.
    public Optional<String> of(String state) {
        return Optional.ofNullable(roles.get(state));
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
        var arn = Arn.find(functionArn);
        return arn == null ? functionArn : arn.name();
    }
}
