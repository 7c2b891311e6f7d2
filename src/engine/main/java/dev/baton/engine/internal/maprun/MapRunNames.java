package dev.baton.engine.internal.maprun;

import dev.baton.asl.StateMachineType;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.internal.execute.LiveExecution;
import dev.baton.engine.internal.intrinsic.GeneratedNames;
import dev.baton.engine.internal.prepare.MapRunPlan;
import org.jspecify.annotations.Nullable;

/// The names of a Map Run and its children, and what the children execute.
///
/// @param mapRunArn `arn:…:mapRun:MACHINE/LABEL:ID`
/// @param machineArn what the children give as their state machine: `arn:…:stateMachine:MACHINE/LABEL`
record MapRunNames(String mapRunArn, String machineArn, PreparedMachine machine) {

    static MapRunNames draw(LiveExecution parent, MapRunPlan plan) {
        var label = plan.label() == null ? GeneratedNames.uuid(parent.random()) : plan.label();
        var machine = parent.request().stateMachineArn() + "/" + label;
        return new MapRunNames(
                machine.replace(":stateMachine:", ":mapRun:") + ":" + GeneratedNames.uuid(parent.random()),
                machine,
                PreparedMachine.ofGraph(plan.processor()));
    }

    /// A child under a new name.
    ExecutionRequest child(LiveExecution parent, MapRunPlan plan, @Nullable Object input) {
        var name = GeneratedNames.uuid(parent.random());
        var type = plan.type() == StateMachineType.EXPRESS ? ExecutionType.EXPRESS : ExecutionType.STANDARD;
        var arn = type == ExecutionType.STANDARD
                ? machineArn.replace(":stateMachine:", ":execution:") + ":" + name
                : machineArn.replace(":stateMachine:", ":express:") + ":" + name + ":"
                        + GeneratedNames.uuid(parent.random());
        return new ExecutionRequest(
                machine, machineArn, name, arn, input, parent.request().roleArn(), type, null, null, null);
    }
}
