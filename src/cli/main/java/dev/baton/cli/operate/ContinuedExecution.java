package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.cli.follow.RunEvent;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.run.StartResult;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// An execution that failed and is continued with the code that is deployed now. A redrive keeps the code that an
/// execution began with; this is another execution of the same run, of the same versions of its uploads, in which what
/// the first one finished is fresh and skipped.
public record ContinuedExecution(Endpoint endpoint) {

    /// The execution that runs now, and the event that tells of it.
    public record Continued(String arn, RunEvent event) {}

    /// Asks the pipeline's start function to continue an execution.
    ///
    /// @param called its name or ARN
    /// @throws DiagnosticException CLI015 when there is none, CLI081 when it succeeded, CLI082 when it runs, CLI083
    ///     when it is not of a pipeline, CLI084 when the start function refuses, CLI085 when the newer code failed too
    public Continued withNewCode(String called) {
        var execution = new ExecutionLookup(endpoint).execution(called);
        var pipeline = pipeline(execution);
        requireFailed(execution);
        var result = new StartRequest(endpoint, pipeline).continued(execution.name());
        return switch (result) {
            case StartResult.Started started ->
                new Continued(
                        started.execution(),
                        new RunEvent.Started(
                                started.name(),
                                started.execution(),
                                "continues " + execution.name() + " with newer code"
                                        + (started.reason() == null ? "" : "; " + started.reason())));
            case StartResult.Running running -> new Continued(running.execution(), RunEvent.of(running));
            case StartResult.Failed failed -> throw failedToo(execution.name(), failed);
            case StartResult.Waiting waiting ->
                throw finding(
                        "CLI018",
                        pipeline.pipeline(),
                        "cannot start yet, for these uploads are missing: " + String.join(", ", waiting.uris()),
                        "upload what is missing, and the run starts by itself");
            case StartResult.Misshapen other -> throw malformed(pipeline, other);
            case StartResult.Refused refused ->
                throw finding(refused.code(), pipeline.pipeline(), refused.reason(), refused.remedy());
            case StartResult.Complete other -> throw malformed(pipeline, other);
            case StartResult.Seen other -> throw malformed(pipeline, other);
            case StartResult.Unmatched other -> throw malformed(pipeline, other);
            case StartResult.Foreign other -> throw malformed(pipeline, other);
        };
    }

    private DeployedPipeline pipeline(DescribeExecutionResponse execution) {
        return DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                .filter(pipeline -> pipeline.machine().equals(execution.stateMachineArn()))
                .orElseThrow(() -> finding(
                        "CLI083",
                        execution.name(),
                        "is an execution of " + execution.stateMachineArn() + ", which is not the state machine of a"
                                + " whole pipeline",
                        "name the execution of the whole run: baton status"));
    }

    private static void requireFailed(DescribeExecutionResponse execution) {
        switch (execution.status()) {
            case SUCCEEDED ->
                throw finding(
                        "CLI081",
                        execution.name(),
                        "succeeded, and there is nothing to continue",
                        "have its run made by the deployed code: baton start PIPELINE with its parameters");
            case RUNNING, PENDING_REDRIVE ->
                throw finding(
                        "CLI082",
                        execution.name(),
                        "still runs, with the code that it began with",
                        "wait until it has ended, or stop it: baton stop " + execution.name());
            case FAILED, TIMED_OUT, ABORTED, UNKNOWN_TO_SDK_VERSION -> {}
        }
    }

    private static DiagnosticException failedToo(String name, StartResult.Failed failed) {
        return finding(
                "CLI085",
                name,
                "was continued with the code that is deployed, and that ended " + failed.status() + " too: "
                        + failed.name(),
                "see why: baton history " + failed.name() + "; then let it go on (baton redrive " + failed.name()
                        + "), or deploy what was mended and continue that one");
    }

    private static DiagnosticException malformed(DeployedPipeline pipeline, StartResult result) {
        return EndpointDocuments.malformed(
                pipeline.pipeline(), "its start function answers " + Json.print(result.toJson()));
    }

    private static DiagnosticException finding(String code, String name, String message, String remedy) {
        return new DiagnosticException(Diagnostic.error(code, Location.named(name), message, remedy));
    }
}
