package dev.baton.engine.execution;

import org.jspecify.annotations.Nullable;

/// A request to run a state machine, with the names of the execution.
///
/// @param machine what to run
/// @param stateMachineArn its ARN; it also gives region, account and partition
/// @param name the execution's name, unique among the running executions of the machine
/// @param executionArn the execution's ARN
/// @param input a JSON value
/// @param roleArn the role that the machine acts with, or null
/// @param type STANDARD, or EXPRESS with five minutes
/// @param stateMachineVersionArn the version that was started, or null
/// @param stateMachineAliasArn the alias that was started through, or null
/// @param traceHeader the X-Ray header, or null
public record ExecutionRequest(
        PreparedMachine machine,
        String stateMachineArn,
        String name,
        String executionArn,
        @Nullable Object input,
        @Nullable String roleArn,
        ExecutionType type,
        @Nullable String stateMachineVersionArn,
        @Nullable String stateMachineAliasArn,
        @Nullable String traceHeader) {

    /// A STANDARD execution, its ARN made from machine and name.
    public static ExecutionRequest of(
            PreparedMachine machine, String stateMachineArn, String name, @Nullable Object input) {
        return new ExecutionRequest(
                machine,
                stateMachineArn,
                name,
                stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name,
                input,
                null,
                ExecutionType.STANDARD,
                null,
                null,
                null);
    }
}
