package dev.baton.lambda.internal.start;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.ExecutionInput;
import dev.baton.run.ExecutionName;
import dev.baton.run.RunReference;
import dev.baton.task.InvalidInput;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The executions that failed and are continued with newer code, by an execution of their own.
///
/// A redrive keeps the code that failed. What goes on with other code is another execution of the same run: of the same
/// parameters, and of the same versions of what it reads, for else what the first one finished would not be fresh.
final class ContinuedExecutions {
    private static final String NOT_FAILED = "RUN054";
    private static final String REPLACED = "RUN055";
    private static final String SAME_CODE = "RUN056";
    private static final Set<ExecutionStatus> FAILED =
            Set.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED);

    private final String pipeline;
    private final DeployedMachine machine;
    private final RunState state;

    ContinuedExecutions(String pipeline, DeployedMachine machine, RunState state) {
        this.pipeline = pipeline;
        this.machine = machine;
        this.state = state;
    }

    /// An execution that failed.
    ///
    /// @param versions which it read, by logical URI; none where it failed before it knew
    record Failed(String name, ExecutionInput input, Map<String, String> versions) {

        /// Refuses where an object that it read is another version by now. What only the newer code reads is new.
        ///
        /// @param found the versions that are there
        /// @throws InvalidInput RUN055
        void requireRead(Map<String, String> found) {
            found.forEach((uri, version) -> {
                var read = versions.getOrDefault(uri, version);
                if (!read.equals(version)) {
                    throw refused(
                            uri + " is version " + version + " by now, and " + name + " read version " + read
                                    + ": what is there now has a run of its own",
                            REPLACED);
                }
            });
        }
    }

    /// The execution of a name that other code is to continue.
    ///
    /// @param code what is deployed now
    /// @throws InvalidInput RUN054 where there is none that failed, RUN056 where it ran this very code
    Failed failed(String name, DeployedMachine.Code code) {
        var execution =
                machine.find(name).orElseThrow(() -> refused("this pipeline has no execution " + name, NOT_FAILED));
        if (!FAILED.contains(execution.status())) {
            throw refused(
                    name + " is " + execution.statusAsString() + ", and only what failed is continued", NOT_FAILED);
        }
        var input = input(execution);
        var versions = versions(execution, input);
        var same = ExecutionName.of(pipeline, input.parameters(), versions, code.code());
        if (code.arn().equals(execution.stateMachineVersionArn()) || isRepeated(same, name)) {
            throw refused(name + " ran the code that is deployed: nothing is newer than what failed", SAME_CODE);
        }
        return new Failed(name, input, versions);
    }

    private static boolean isRepeated(String base, String name) {
        return name.equals(base) || name.matches("\\Q" + base + "\\E-r[0-9]+");
    }

    private static ExecutionInput input(DescribeExecutionResponse execution) {
        try {
            return ExecutionInput.of(Json.parse(execution.input()));
        } catch (JsonException e) {
            throw new InvalidInput("the input of " + execution.name() + " is not JSON: " + e.getMessage());
        }
    }

    /// What was pinned beforehand, and else what the execution pinned itself.
    private Map<String, String> versions(DescribeExecutionResponse execution, ExecutionInput input) {
        if (!input.inputs().isEmpty()) {
            return input.inputs();
        }
        var pin = state.pin(pipeline, RunReference.id(execution.name(), execution.startDate()));
        return pin == null ? Map.of() : pin.versions();
    }

    private static InvalidInput refused(String why, String code) {
        return new InvalidInput(why + " (baton explain " + code + ")");
    }
}
