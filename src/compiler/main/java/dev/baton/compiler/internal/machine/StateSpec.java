package dev.baton.compiler.internal.machine;

import dev.baton.compiler.internal.FunctionCompiler;
import dev.baton.graph.Declarations.ApprovalTerms;
import dev.baton.graph.Declarations.Retrying;
import dev.baton.task.service.StatusPoll;
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
/// @param place where it is done instead of in the function, or null
/// @param crowd with which it is one iteration of a distributed Map, or null
/// @param approval that is waited for before it is done, or null
public record StateSpec(
        String id,
        String kind,
        String comment,
        String function,
        long timeoutSeconds,
        Retrying retrying,
        @Nullable MapExpansion expansion,
        @Nullable Place place,
        @Nullable Crowd crowd,
        @Nullable ApprovalWait approval) {

    public StateSpec(String id, String kind, String comment, String function, long timeoutSeconds, Retrying retrying) {
        this(id, kind, comment, function, timeoutSeconds, retrying, null, null, null, null);
    }

    /// The same work, which expands.
    public StateSpec expanding(MapExpansion into) {
        return new StateSpec(id, kind, comment, function, timeoutSeconds, retrying, into, place, crowd, approval);
    }

    /// The same work, which is done elsewhere; the function is asked before and after.
    public StateSpec elsewhere(Place where) {
        return new StateSpec(id, kind, comment, function, timeoutSeconds, retrying, expansion, where, crowd, approval);
    }

    /// The same work, as one iteration of many.
    public StateSpec in(Crowd many) {
        return new StateSpec(id, kind, comment, function, timeoutSeconds, retrying, expansion, place, many, approval);
    }

    /// The same work, once it is approved.
    public StateSpec approved(ApprovalWait by) {
        return new StateSpec(id, kind, comment, function, timeoutSeconds, retrying, expansion, place, crowd, by);
    }

    /// The same work without what is waited for before.
    StateSpec work() {
        return new StateSpec(id, kind, comment, function, timeoutSeconds, retrying, expansion, place, crowd, null);
    }

    /// The wait for an approval.
    ///
    /// @param function the version of the approval function, an ARN with `${…}`
    public record ApprovalWait(String function, ApprovalTerms terms) {
        /// How long it waits at most.
        public long seconds() {
            return terms.within().toSeconds();
        }
    }

    /// The iterations of a distributed Map.
    ///
    /// @param concurrency what stands for how many run at a time: `TileConcurrency`
    /// @param size how many there are
    public record Crowd(String concurrency, int size) {
        /// How long each may wait until it is its turn, as a multiple of what one takes: nobody knows the environment's
        /// cap, but it is no less than a hundredth of what there is to do.
        private int rounds() {
            return Math.min(size, MapExpansion.ROUNDS);
        }
    }

    /// The place where work is done that the function does not do itself.
    public sealed interface Place {}

    /// A service: the function says with what it is called, and records what it answers.
    ///
    /// @param integration with `${…}`: `arn:${Partition}:states:::glue:startJobRun.sync`
    /// @param role the ARN of the role that Step Functions assumes for the call, with `${…}`; null for that of
    ///     executions
    /// @param arguments the names of what it is given, with the value where the function does not give it
    /// @param polling how its end is found out, null where Step Functions waits for it
    public record Service(
            String integration,
            @Nullable String role,
            SequencedMap<String, Optional<Object>> arguments,
            @Nullable StatusPoll polling)
            implements Place {
        public Service {
            arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
        }
    }

    /// A container on Fargate; the function tells what came of it.
    ///
    /// @param cluster its ARN with `${…}`
    /// @param taskDefinition the ARN of the revision with `${…}`
    /// @param name of the container in it
    public record Container(String cluster, String taskDefinition, String name) implements Place {}

    /// What the function does of work that is done elsewhere, each time that it is asked.
    StateSpec asking() {
        return new StateSpec(
                id,
                kind,
                comment,
                function,
                FunctionCompiler.OWN_SECONDS + FunctionCompiler.STATE_MARGIN_SECONDS,
                retrying);
    }

    /// Branches of equal kinds become one Map. What expands is a Map already and like nothing else.
    public String foldingKind() {
        return expansion == null ? kind : kind + " " + id;
    }

    /// The longest that the states of this work can last, with all attempts and waits.
    double worstSeconds() {
        return (crowd == null ? 1 : crowd.rounds()) * worstSecondsOfOne();
    }

    private double worstSecondsOfOne() {
        if (approval != null) {
            return approval.seconds() + work().worstSecondsOfOne();
        }
        if (place != null) {
            return StateRetriers.worstSeconds(this) + 2 * StateRetriers.worstSeconds(asking());
        }
        return expansion == null
                ? StateRetriers.worstSeconds(this)
                : 2 * StateRetriers.worstSeconds(this) + expansion.worstSeconds();
    }
}
