package dev.baton.compiler.internal.machine;

import dev.baton.task.graph.Declarations.Retrying;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One node of the graph as the state that does it needs it.
///
/// @param id the node's id; also the state's name
/// @param kind what nodes that differ in parameters alone have in common: the task's class
/// @param comment what it is for
/// @param function the function's version that does it, an ARN with `${…}`
/// @param timeoutSeconds how long one attempt may take, from the state's point of view
/// @param retrying how it is tried again
/// @param expansion the items into which it expands when it runs, or null
/// @param container what does it instead of the function, or null
/// @param service what is called to do it, or null
public record Work(
        String id,
        String kind,
        String comment,
        String function,
        long timeoutSeconds,
        Retrying retrying,
        @Nullable Expansion expansion,
        @Nullable Container container,
        @Nullable Service service) {

    public Work(String id, String kind, String comment, String function, long timeoutSeconds, Retrying retrying) {
        this(id, kind, comment, function, timeoutSeconds, retrying, null, null, null);
    }

    /// The same work, which expands.
    public Work expanding(Expansion into) {
        return new Work(id, kind, comment, function, timeoutSeconds, retrying, into, container, service);
    }

    /// The same work, which a container does; the function tells what came of it.
    public Work inContainer(Container in) {
        return new Work(id, kind, comment, function, timeoutSeconds, retrying, expansion, in, service);
    }

    /// The same work, which a service does; the function says with what it is called, and records what it answers.
    public Work byService(Service called) {
        return new Work(id, kind, comment, function, timeoutSeconds, retrying, expansion, container, called);
    }

    /// A service.
    ///
    /// @param integration with `${…}`: `arn:${Partition}:states:::glue:startJobRun.sync`
    /// @param role the ARN of the role that Step Functions assumes for the call, with `${…}`
    /// @param arguments the names of what it is given, with the value where the function does not give it
    public record Service(String integration, String role, SequencedMap<String, Optional<Object>> arguments) {
        public Service {
            arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
        }
    }

    /// Whether something else than the function does it, between two states of the function.
    boolean between() {
        return container != null || service != null;
    }

    /// A container on Fargate.
    ///
    /// @param cluster its ARN with `${…}`
    /// @param taskDefinition the ARN of the revision with `${…}`
    /// @param name of the container in it
    public record Container(String cluster, String taskDefinition, String name) {}

    /// Branches of equal kinds become one Map. What expands is a Map already and like nothing else.
    public String foldingKind() {
        return expansion == null ? kind : kind + " " + id;
    }

    /// The longest that the states of this work can last, with all attempts and waits.
    double worstSeconds() {
        if (between()) {
            return Retries.worstSeconds(this) + 2 * Retries.worstSeconds(InContainer.answering(this));
        }
        return expansion == null
                ? Retries.worstSeconds(this)
                : 2 * Retries.worstSeconds(this) + expansion.worstSeconds();
    }
}
