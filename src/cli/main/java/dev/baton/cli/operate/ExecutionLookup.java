package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.util.Comparator;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;

/// Finds executions by what people call them: an ARN, or the name. What Baton starts begins with the pipeline's name;
/// what people start in the console has any name.
public record ExecutionLookup(Endpoint endpoint) {

    /// @throws DiagnosticException CLI015 when there is none
    public DescribeExecutionResponse execution(String called) {
        return find(called)
                .orElseThrow(() -> new DiagnosticException(Diagnostic.error(
                        "CLI015",
                        Location.named(called),
                        "there is no execution of this name or ARN here",
                        "list them: baton status")));
    }

    /// The execution, if there is one.
    public Optional<DescribeExecutionResponse> find(String called) {
        if (called.startsWith("arn:")) {
            return described(called);
        }
        return DeployedPipeline.names(endpoint).stream()
                .sorted(Comparator.comparing((String pipeline) -> !called.startsWith(pipeline + "-"))
                        .thenComparing(Comparator.comparingInt(String::length).reversed()))
                .flatMap(pipeline -> DeployedPipeline.find(endpoint, pipeline).stream())
                .flatMap(pipeline -> described(pipeline.execution(called)).stream())
                .findFirst();
    }

    private Optional<DescribeExecutionResponse> described(String arn) {
        try {
            return Optional.of(endpoint.states().describeExecution(request -> request.executionArn(arn)));
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return Optional.empty();
        }
    }
}
