package dev.baton.engine.internal.map;

import dev.baton.engine.ExecutionRequest;
import dev.baton.engine.ExecutionType;
import dev.baton.engine.internal.run.GeneratedNames;
import dev.baton.engine.internal.run.LiveExecution;
import org.jspecify.annotations.Nullable;

/// What a Map Run and its children are called.
///
/// @param mapRunArn `arn:…:mapRun:MACHINE/LABEL:ID`
/// @param machineArn what the children give as their state machine: `arn:…:stateMachine:MACHINE/LABEL`
record MapRunNames(String mapRunArn, String machineArn) {

    static MapRunNames draw(LiveExecution parent, MapRunPlan plan) {
        var label = plan.label() == null ? GeneratedNames.uuid(parent.random()) : plan.label();
        var machine = parent.request().stateMachineArn() + "/" + label;
        return new MapRunNames(
                machine.replace(":stateMachine:", ":mapRun:") + ":" + GeneratedNames.uuid(parent.random()), machine);
    }

    /// A child under a new name.
    ExecutionRequest child(LiveExecution parent, MapRunPlan plan, @Nullable Object input) {
        var name = GeneratedNames.uuid(parent.random());
        var arn = plan.type() == ExecutionType.STANDARD
                ? machineArn.replace(":stateMachine:", ":execution:") + ":" + name
                : machineArn.replace(":stateMachine:", ":express:") + ":" + name + ":"
                        + GeneratedNames.uuid(parent.random());
        return new ExecutionRequest(
                plan.machine(),
                machineArn,
                name,
                arn,
                input,
                parent.request().roleArn(),
                plan.type(),
                null,
                null,
                null);
    }
}
