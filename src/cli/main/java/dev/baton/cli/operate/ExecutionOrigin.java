package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.run.Pin;
import dev.baton.run.Requester;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// The origin of an execution: who started it, as its first state wrote that down.
///
/// @param startedBy nobody where that is not known: no policies about people hold there, or the execution has not
///     pinned yet
public record ExecutionOrigin(Optional<Requester> startedBy) {
    private static final ExecutionOrigin UNKNOWN = new ExecutionOrigin(Optional.empty());

    /// Asks the endpoint.
    public static ExecutionOrigin of(Endpoint endpoint, DescribeExecutionResponse execution) {
        return DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                .map(there -> pinned(endpoint, there, RunReference.id(execution.name(), execution.startDate())))
                .orElse(UNKNOWN);
    }

    private static ExecutionOrigin pinned(Endpoint endpoint, DeployedPipeline there, String run) {
        try {
            var pin = endpoint.s3()
                    .getObjectAsBytes(
                            request -> request.bucket(there.stateBucket()).key(StateKeys.pin(there.pipeline(), run)))
                    .asByteArray();
            return new ExecutionOrigin(Pin.parse(pin).run().startedBy());
        } catch (S3Exception | InvalidInput e) {
            // It failed before it pinned, or who asks may not read what runs keep.
            return UNKNOWN;
        }
    }

    /// A line for people; nothing where nobody is known.
    public Optional<String> line() {
        return startedBy.map(requester -> "started by " + requester.shown());
    }

    @Nullable
    Object toJson() {
        return startedBy.map(Requester::toJson).orElse(null);
    }
}
