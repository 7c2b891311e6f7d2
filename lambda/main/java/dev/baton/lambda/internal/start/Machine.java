package dev.baton.lambda.internal.start;

import dev.baton.json.Json;
import dev.baton.lambda.internal.Hash;
import dev.baton.task.run.ExecutionInput;
import dev.baton.task.run.ExecutionName;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/// The state machine of a pipeline, and the executions that have names computed from what they do.
final class Machine {
    private final SfnClient sfn;
    private final String arn;
    private final Supplier<String> tasksCode;

    /// @param arn of the state machine, or of its alias
    /// @param tasksCode the hash of the tasks' code: a machine without versions does not tell one code from the next
    Machine(SfnClient sfn, String arn, Supplier<String> tasksCode) {
        this.sfn = sfn;
        this.arn = arn;
        this.tasksCode = tasksCode;
    }

    /// Which code an execution that is started now runs.
    String code() {
        if (arn.split(":").length > 7) {
            return sfn.describeStateMachineAlias(request -> request.stateMachineAliasArn(arn))
                    .routingConfiguration()
                    .stream()
                    .max(Comparator.comparing(RoutingConfigurationListItem::weight))
                    .map(RoutingConfigurationListItem::stateMachineVersionArn)
                    .orElseThrow(() -> new IllegalStateException("the alias " + arn + " routes to no version"));
        }
        var definition = sfn.describeStateMachine(request -> request.stateMachineArn(arn)).definition();
        return Hash.hex(definition + tasksCode.get());
    }

    /// Starts the run of an input, unless it was started before.
    ///
    /// @param code what [#code] said
    StartResult start(String pipeline, ExecutionInput input, String code) {
        var name = ExecutionName.of(pipeline, input.parameters(), input.inputs(), code);
        try {
            var started = sfn.startExecution(
                    request -> request.stateMachineArn(arn).name(name).input(Json.print(input.toJson())));
            return new StartResult.Started(input.parameters(), started.executionArn(), name);
        } catch (ExecutionAlreadyExistsException e) {
            return existing(input.parameters(), name);
        }
    }

    private StartResult existing(Map<String, String> parameters, String name) {
        var parts = arn.split(":");
        var execution = String.join(":", parts[0], parts[1], parts[2], parts[3], parts[4], "execution", parts[6], name);
        var status = sfn.describeExecution(request -> request.executionArn(execution)).status();
        if (status == ExecutionStatus.FAILED
                || status == ExecutionStatus.TIMED_OUT
                || status == ExecutionStatus.ABORTED) {
            return new StartResult.Failed(
                    parameters,
                    execution,
                    name,
                    status.toString(),
                    "see why it ended (baton history " + name + "), then baton start --again " + name);
        }
        return new StartResult.Running(parameters, execution, name, status.toString());
    }
}
