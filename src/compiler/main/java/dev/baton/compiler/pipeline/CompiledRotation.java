package dev.baton.compiler.pipeline;

import dev.baton.asl.StateMachine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rotation of a secret to be created: a state machine that rotates it, and the rule of EventBridge that starts one
/// execution of that for each completion of a task.
///
/// @param name of the state machine, its role and its rule, such as `baton-rides-rotation-1a2b3c4d`
/// @param secret the name of the secret
/// @param definition with `${…}`
/// @param pattern the event pattern of the rule, which is on the bus that completions are told to; a JSON object
/// @param starting the name of the role with which EventBridge starts executions
public record CompiledRotation(
        String name, String secret, StateMachine definition, Map<String, @Nullable Object> pattern, String starting) {
    /// The id of the rule's only target.
    public static final String TARGET = "rotation";

    /// What people are told that the rule is for.
    public String description() {
        return "Completions after which the secret " + secret + " is rotated";
    }
}
