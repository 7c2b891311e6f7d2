package dev.baton.lambda.internal.start;

import dev.baton.json.Json;
import dev.baton.lambda.internal.start.RecordedStarts.Clearance;
import dev.baton.name.Arn;
import dev.baton.name.Sha256;
import dev.baton.run.ExecutionInput;
import dev.baton.run.ExecutionName;
import dev.baton.run.StartResult;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/// The state machine of a pipeline, and the executions that have names computed from what they do.
final class DeployedMachine {
    /// The most starts of one run; then somebody has to find out why.
    private static final int MOST = 99;

    private static final Pattern REPEATED = Pattern.compile("(.+)-r([0-9]{1,2})");

    private final SfnClient sfn;
    private final Arn arn;
    private final Supplier<String> tasksCode;

    /// @param arn of the state machine, or of its alias
    /// @param tasksCode the hash of the tasks' code: a machine without versions does not tell one code from the next
    DeployedMachine(SfnClient sfn, String arn, Supplier<String> tasksCode) {
        this.sfn = sfn;
        this.arn = Arn.parse(arn);
        this.tasksCode = tasksCode;
    }

    /// The code that an execution runs that is started now.
    ///
    /// @param arn what is to be started: behind an alias its version, because the alias may point to another one by the
    ///     time at which it is asked to start
    /// @param code what tells it from what an earlier or a later deployment starts
    record Code(String arn, String code) {}

    /// What an execution runs that is started now.
    Code code() {
        if (arn.isQualified()) {
            var version = sfn
                    .describeStateMachineAlias(request -> request.stateMachineAliasArn(arn.toString()))
                    .routingConfiguration()
                    .stream()
                    .max(Comparator.comparing(RoutingConfigurationListItem::weight))
                    .map(RoutingConfigurationListItem::stateMachineVersionArn)
                    .orElseThrow(() -> new IllegalStateException("the alias " + arn + " routes to no version"));
            return new Code(version, version);
        }
        var definition = sfn.describeStateMachine(request -> request.stateMachineArn(arn.toString()))
                .definition();
        return new Code(arn.toString(), Sha256.hex(definition + tasksCode.get()));
    }

    /// Starts the run of an input, unless it was started before. What succeeded is started again where its outputs are
    /// not what they were: under its name with `-r2`, then `-r3` and so on. What failed is not. What forces tasks is
    /// started again whatever became of it, once it has ended.
    ///
    /// @param code what [#code] said
    /// @param leave asked before anything is started
    /// @param lack what keeps the run from being complete, looked up anew at each call; null where that is no reason
    StartResult start(String pipeline, ExecutionInput input, Code code, Leave leave, Supplier<@Nullable String> lack) {
        var name = ExecutionName.of(pipeline, input.parameters(), input.inputs(), code.code());
        @Nullable String reason = null;
        for (var number = 1; number <= MOST; number++) {
            var numbered = ExecutionName.repeated(name, number);
            switch (leave.to(numbered, number, input)) {
                case Clearance.Refused(var by) -> {
                    return by.refused(input.parameters());
                }
                case Clearance.Given given -> {
                    var started = started(numbered, input, code);
                    if (started.isPresent()) {
                        return new StartResult.Started(input.parameters(), started.get(), numbered, reason);
                    }
                }
                case Clearance.Taken taken -> {}
            }
            var last = last(name, number);
            number = last.number();
            var there = existing(input.parameters(), last);
            // Looked at only now that it has ended: else two who look at once would start one after the other.
            reason = reason(input, there, lack);
            if (reason == null) {
                return there;
            }
        }
        throw new IllegalStateException(name + " was started again " + MOST + " times");
    }

    /// Starts an input once more, under the name of an execution with the next number that is free.
    StartResult repeat(String name, ExecutionInput input, Code code, Leave leave) {
        var earlier = REPEATED.matcher(name);
        var base = earlier.matches() ? earlier.group(1) : name;
        var next = earlier.matches() ? Integer.parseInt(earlier.group(2)) + 1 : 2;
        for (var number = next; number <= MOST; number++) {
            var numbered = ExecutionName.repeated(base, number);
            switch (leave.to(numbered, number, input)) {
                case Clearance.Refused(var by) -> {
                    return by.refused(input.parameters());
                }
                case Clearance.Given given -> {
                    var started = started(numbered, input, code);
                    if (started.isPresent()) {
                        return new StartResult.Started(
                                input.parameters(), started.get(), numbered, name + " has ended");
                    }
                }
                case Clearance.Taken taken -> {}
            }
        }
        throw new IllegalStateException(base + " was started again " + MOST + " times");
    }

    /// The leave to start an execution.
    @FunctionalInterface
    interface Leave {
        /// @param name the execution's
        /// @param number from 1: how often its run was started then
        Clearance to(String name, int number, ExecutionInput input);
    }

    /// The ARN of an execution that is started now; nothing where there is one of its name already.
    private Optional<String> started(String name, ExecutionInput input, Code code) {
        try {
            var text = Json.print(input.toJson());
            return Optional.of(sfn.startExecution(request ->
                            request.stateMachineArn(code.arn()).name(name).input(text))
                    .executionArn());
        } catch (ExecutionAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    /// The reason for which what has ended is started again; null where there is none.
    private static @Nullable String reason(ExecutionInput input, StartResult there, Supplier<@Nullable String> lack) {
        var isOver = there instanceof StartResult.Running running && running.isOver();
        if (input.force().isPresent()) {
            var force = input.force().get();
            return isOver || there instanceof StartResult.Failed
                    ? String.join(", ", force.tasks()) + " forced by " + force.by()
                    : null;
        }
        return isOver ? lack.get() : null;
    }

    /// The newest execution of a name, of whose numbers one is taken.
    private Repetition last(String name, int taken) {
        var last = new Repetition(taken, ExecutionName.repeated(name, taken), status(name, taken));
        while (last.number() < MOST) {
            var next = last.number() + 1;
            try {
                last = new Repetition(next, ExecutionName.repeated(name, next), status(name, next));
            } catch (ExecutionDoesNotExistException e) {
                return last;
            }
        }
        return last;
    }

    /// The execution of a name; nothing where there is none.
    Optional<DescribeExecutionResponse> find(String name) {
        try {
            return Optional.of(sfn.describeExecution(request -> request.executionArn(execution(name))));
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return Optional.empty();
        }
    }

    private ExecutionStatus status(String name, int number) {
        var execution = execution(ExecutionName.repeated(name, number));
        return sfn.describeExecution(request -> request.executionArn(execution)).status();
    }

    /// One of the executions of a name.
    ///
    /// @param number from 1, which has the bare name
    private record Repetition(int number, String name, ExecutionStatus status) {}

    private String execution(String name) {
        return arn.with("execution:" + arn.name() + ":" + name).toString();
    }

    private StartResult existing(Map<String, String> parameters, Repetition last) {
        var status = last.status();
        var execution = execution(last.name());
        if (status == ExecutionStatus.FAILED
                || status == ExecutionStatus.TIMED_OUT
                || status == ExecutionStatus.ABORTED) {
            return new StartResult.Failed(
                    parameters,
                    execution,
                    last.name(),
                    status.toString(),
                    "see why it ended (baton history " + last.name() + "), then baton start --again " + last.name());
        }
        return new StartResult.Running(parameters, execution, last.name(), status.toString());
    }
}
