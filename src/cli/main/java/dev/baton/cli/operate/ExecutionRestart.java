package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.output.AwsFailure;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.ExecutionInput;
import dev.baton.run.ExecutionName;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Runs an execution again that has ended. One without success is redriven, so that what it did already stays done;
/// where it cannot be redriven, where something that was done is not there any more, and where it had succeeded, its
/// input is started under its name with `-r2`, `-r3` and so on: what is fresh is skipped in it.
public record ExecutionRestart(Endpoint endpoint) {
    private static final Pattern REPEATED = Pattern.compile("(.+)-r([0-9]+)");
    private static final int MOST = 99;

    /// The execution that goes on in place of the one that was restarted.
    ///
    /// @param arn of the execution that runs now
    /// @param redriven whether it is the old one
    public record Restarted(String name, String arn, boolean redriven) {}

    /// Redrives one execution and nothing else.
    ///
    /// @throws DiagnosticException CLI016 when Step Functions cannot
    public Restarted redrive(String called) {
        var execution = new ExecutionLookup(endpoint).execution(called);
        var asked = governed(execution);
        if (asked.isPresent()) {
            return restarted(execution, asked.get().change(new StartInvocation.Redrive(execution.executionArn())));
        }
        var refusal = refusal(execution);
        if (refusal.isPresent()) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI016",
                    Location.named(execution.name()),
                    "cannot be redriven: " + refusal.get(),
                    execution.status() == ExecutionStatus.RUNNING
                            ? "leave it as it is"
                            : "start its run once more: baton start " + execution.name() + " --again"));
        }
        return new Restarted(execution.name(), execution.executionArn(), true);
    }

    /// Redrives an execution, or starts its input anew.
    ///
    /// @throws DiagnosticException CLI016 when it runs
    public Restarted again(String called) {
        var execution = new ExecutionLookup(endpoint).execution(called);
        if (execution.status() == ExecutionStatus.RUNNING) {
            return redrive(execution.executionArn());
        }
        var asked = governed(execution);
        if (asked.isPresent()) {
            return restarted(execution, asked.get().change(new StartInvocation.Again(execution.executionArn())));
        }
        // A redrive goes on with the versions that were made: what was deleted since would stay away.
        return execution.status() == ExecutionStatus.SUCCEEDED
                        || isSomethingGone(execution)
                        || refusal(execution).isPresent()
                ? anew(execution)
                : new Restarted(execution.name(), execution.executionArn(), true);
    }

    /// The start function of an execution's pipeline, where policies about people hold: there it is asked.
    private Optional<StartRequest> governed(DescribeExecutionResponse execution) {
        try {
            return DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                    .filter(DeployedPipeline::governed)
                    .map(deployed -> new StartRequest(endpoint, deployed));
        } catch (LambdaException e) {
            // Whoever may not ask its functions is held by IAM alone.
            return Optional.empty();
        }
    }

    private static Restarted restarted(DescribeExecutionResponse execution, StartResult result) {
        if (result instanceof StartResult.OfExecution about) {
            return new Restarted(about.name(), about.execution(), !(result instanceof StartResult.Started));
        }
        throw EndpointDocuments.malformed(
                execution.name(), "its start function answers " + Json.print(result.toJson()));
    }

    private boolean isSomethingGone(DescribeExecutionResponse execution) {
        try {
            return DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                    .map(deployed -> !new StartRequest(endpoint, deployed)
                            .gone(execution.input())
                            .isEmpty())
                    .orElse(false);
        } catch (LambdaException e) {
            // Who may redrive need not have the right to ask the pipeline's functions.
            return false;
        }
    }

    /// The reason for which the execution was not redriven; nothing where it was.
    private Optional<String> refusal(DescribeExecutionResponse execution) {
        if (execution.redriveStatus() == ExecutionRedriveStatus.NOT_REDRIVABLE) {
            return Optional.of(
                    execution.redriveStatusReason() == null
                            ? "it is " + execution.statusAsString()
                            : execution.redriveStatusReason());
        }
        if (execution.redriveStatus() == ExecutionRedriveStatus.REDRIVABLE_BY_MAP_RUN) {
            return Optional.of("it is an item of a Map, which is redriven with its parent");
        }
        try {
            endpoint.states().redriveExecution(request -> request.executionArn(execution.executionArn()));
            return Optional.empty();
        } catch (ExecutionNotRedrivableException e) {
            return Optional.of(said(e));
        }
    }

    private Restarted anew(DescribeExecutionResponse execution) {
        var machine = machine(execution);
        var repeated = REPEATED.matcher(execution.name());
        var base = repeated.matches() ? repeated.group(1) : execution.name();
        var next = repeated.matches() ? Integer.parseInt(repeated.group(2)) + 1 : 2;
        for (var number = next; number <= MOST; number++) {
            var name = ExecutionName.repeated(base, number);
            try {
                var started = endpoint.states()
                        .startExecution(request ->
                                request.stateMachineArn(machine).name(name).input(input(execution)));
                return new Restarted(name, started.executionArn(), false);
            } catch (ExecutionAlreadyExistsException e) {
                // Somebody was here before.
            }
        }
        throw new DiagnosticException(Diagnostic.error(
                "CLI016",
                Location.named(execution.name()),
                "was started again " + MOST + " times",
                "find out why it fails: baton history " + execution.name()));
    }

    /// What an execution forced and has done is not forced again.
    private static String input(DescribeExecutionResponse execution) {
        if (execution.status() != ExecutionStatus.SUCCEEDED) {
            return execution.input();
        }
        try {
            var input = ExecutionInput.of(Json.parse(execution.input()));
            return input.force().isEmpty()
                    ? execution.input()
                    : Json.print(input.forcing(Optional.empty()).toJson());
        } catch (JsonException | InvalidInput e) {
            return execution.input();
        }
    }

    /// What is started instead of an execution: what the alias points to now, where it ran a version.
    private static String machine(DescribeExecutionResponse execution) {
        if (execution.stateMachineAliasArn() != null) {
            return execution.stateMachineAliasArn();
        }
        return execution.stateMachineVersionArn() == null
                ? execution.stateMachineArn()
                : execution.stateMachineArn() + ":" + EnvironmentNames.ALIAS;
    }

    /// Stops an execution that runs.
    ///
    /// @return when it stopped
    /// @throws DiagnosticException CLI017 when it has ended
    public Instant stop(String called, String cause) {
        var execution = new ExecutionLookup(endpoint).execution(called);
        if (execution.status() != ExecutionStatus.RUNNING) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI017",
                    Location.named(execution.name()),
                    "cannot be stopped: it ended " + execution.statusAsString() + " at " + execution.stopDate(),
                    "leave it as it is"));
        }
        var asked = governed(execution);
        if (asked.isPresent()) {
            asked.get().change(new StartInvocation.Stop(execution.executionArn(), cause));
            return endpoint.states()
                    .describeExecution(request -> request.executionArn(execution.executionArn()))
                    .stopDate();
        }
        return endpoint.states()
                .stopExecution(request -> request.executionArn(execution.executionArn())
                        .error("Stopped")
                        .cause(cause))
                .stopDate();
    }

    private static String said(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? AwsFailure.message(String.valueOf(e.getMessage()))
                : e.awsErrorDetails().errorMessage();
    }
}
