package dev.baton.compiler.internal.machine;

import dev.baton.task.graph.Declarations.Retrying;

/// One node of the graph as the state that does it needs it.
///
/// @param id the node's id; also the state's name
/// @param kind what nodes that differ in parameters alone have in common: the task's class
/// @param comment what it is for
/// @param function the function's version that does it, an ARN with `${…}`
/// @param timeoutSeconds how long one attempt may take, from the state's point of view
/// @param retrying how it is tried again
public record Work(String id, String kind, String comment, String function, long timeoutSeconds, Retrying retrying) {

    /// The longest that a state of this work can last, with all attempts and waits.
    double worstSeconds() {
        return Retries.worstSeconds(this);
    }
}
