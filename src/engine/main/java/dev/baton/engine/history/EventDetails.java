package dev.baton.engine.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an event tells beyond its type. Payloads are JSON values, shared with the execution and never changed.
public sealed interface EventDetails {

    /// Nothing more.
    record None() implements EventDetails {
        public static final None NONE = new None();
    }

    record ExecutionStarted(
            @Nullable Object input,
            @Nullable String roleArn,
            @Nullable String stateMachineVersionArn,
            @Nullable String stateMachineAliasArn)
            implements EventDetails {}

    /// The output of an execution, a Lambda function or an activity.
    record Output(@Nullable Object output) implements EventDetails {}

    /// Why something failed, timed out or was aborted.
    record Failure(@Nullable String error, @Nullable String cause) implements EventDetails {}

    record ExecutionRedriven(int redriveCount) implements EventDetails {}

    record StateEntered(String name, @Nullable Object input) implements EventDetails {}

    /// @param assignedVariables the variables that the state assigned, or null where it assigned none
    record StateExited(
            String name, @Nullable Object output, @Nullable Map<String, @Nullable Object> assignedVariables)
            implements EventDetails {}

    /// @param location the field whose expression failed, or null where no field did
    record EvaluationFailed(
            String error, @Nullable String cause, @Nullable String location, String state) implements EventDetails {}

    record MapIteration(String name, int index) implements EventDetails {}

    record MapStateStarted(int length) implements EventDetails {}

    record MapRunStarted(String mapRunArn) implements EventDetails {}

    record MapRunRedriven(String mapRunArn, int redriveCount) implements EventDetails {}

    /// A Lambda function by its ARN, or an activity.
    record WorkScheduled(
            String resource,
            @Nullable Object input,
            @Nullable Long timeoutSeconds,
            @Nullable Long heartbeatSeconds,
            @Nullable String roleArn)
            implements EventDetails {}

    record ActivityStarted(@Nullable String workerName) implements EventDetails {}

    record TaskScheduled(
            String resourceType,
            String resource,
            String region,
            @Nullable Object parameters,
            @Nullable Long timeoutSeconds,
            @Nullable Long heartbeatSeconds,
            @Nullable String roleArn)
            implements EventDetails {}

    record TaskStarted(String resourceType, String resource) implements EventDetails {}

    record TaskOutput(
            String resourceType, String resource, @Nullable Object output) implements EventDetails {}

    record TaskFailure(
            String resourceType,
            String resource,
            @Nullable String error,
            @Nullable String cause) implements EventDetails {}
}
