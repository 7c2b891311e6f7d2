package dev.baton.engine.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The details of an event, beyond its type. Payloads are JSON values, shared with the execution and never changed.
public sealed interface EventDetails {

    /// Nothing more.
    record None() implements EventDetails {
        public static final None NONE = new None();
    }

    /// The input of an execution, and the version and alias that it was started by, where it was by one.
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

    /// An execution goes on where it failed, for which time, counted from 1.
    record ExecutionRedriven(int redriveCount) implements EventDetails {}

    /// The state that is entered, with its raw input.
    record StateEntered(String name, @Nullable Object input) implements EventDetails {}

    /// The state that is left, with what it hands on.
    ///
    /// @param assignedVariables the variables that the state assigned, or null where it assigned none
    record StateExited(
            String name, @Nullable Object output, @Nullable Map<String, @Nullable Object> assignedVariables)
            implements EventDetails {}

    /// An expression that failed.
    ///
    /// @param location the field whose expression failed, or null where no field did
    record EvaluationFailed(
            String error, @Nullable String cause, @Nullable String location, String state) implements EventDetails {}

    /// An iteration of an inline Map state, counted from 0.
    record MapIteration(String name, int index) implements EventDetails {}

    /// The number of items of an inline Map.
    record MapStateStarted(int length) implements EventDetails {}

    /// The Map Run that a distributed Map became.
    record MapRunStarted(String mapRunArn) implements EventDetails {}

    /// A Map Run that goes on, for which time, counted from 1.
    record MapRunRedriven(String mapRunArn, int redriveCount) implements EventDetails {}

    /// A Lambda function by its ARN, or an activity.
    record WorkScheduled(
            String resource,
            @Nullable Object input,
            @Nullable Long timeoutSeconds,
            @Nullable Long heartbeatSeconds,
            @Nullable String roleArn)
            implements EventDetails {}

    /// A worker has taken an activity's task; null where it did not say its name.
    record ActivityStarted(@Nullable String workerName) implements EventDetails {}

    /// A call of an integration.
    ///
    /// @param resourceType the service, such as `lambda`
    /// @param resource what is asked of it, such as `invoke.waitForTaskToken`
    /// @param timeoutSeconds null where the state has none
    /// @param heartbeatSeconds null where the state has none
    /// @param roleArn of the state's `Credentials`; null where it has none
    record TaskScheduled(
            String resourceType,
            String resource,
            String region,
            @Nullable Object parameters,
            @Nullable Long timeoutSeconds,
            @Nullable Long heartbeatSeconds,
            @Nullable String roleArn)
            implements EventDetails {}

    /// An integration is being called.
    record TaskStarted(String resourceType, String resource) implements EventDetails {}

    /// The answer of an integration.
    record TaskOutput(
            String resourceType, String resource, @Nullable Object output) implements EventDetails {}

    /// Why a call of an integration failed or timed out.
    record TaskFailure(
            String resourceType,
            String resource,
            @Nullable String error,
            @Nullable String cause) implements EventDetails {}
}
