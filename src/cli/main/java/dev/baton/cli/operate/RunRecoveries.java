package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.run.RecordedRedrive;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// The redrives of an execution that its pipeline's policy made: the start function writes each down before it makes
/// it.
final class RunRecoveries {
    private RunRecoveries() {}

    /// Asks the endpoint; none where whoever asks may not read what runs keep.
    static List<RecordedRedrive> of(Endpoint endpoint, DescribeExecutionResponse execution) {
        var redrives = execution.redriveCount() == null ? 0 : execution.redriveCount();
        if (redrives == 0) {
            return List.of();
        }
        return DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                .map(pipeline -> of(endpoint, pipeline, execution, redrives))
                .orElse(List.of());
    }

    private static List<RecordedRedrive> of(
            Endpoint endpoint, DeployedPipeline pipeline, DescribeExecutionResponse execution, int redrives) {
        var run = RunReference.id(execution.name(), execution.startDate());
        var found = new ArrayList<RecordedRedrive>();
        for (var number = 1; number <= redrives; number++) {
            var key = StateKeys.redrive(pipeline.pipeline(), run, number);
            try {
                found.add(RecordedRedrive.parse(endpoint.s3()
                        .getObjectAsBytes(request ->
                                request.bucket(pipeline.stateBucket()).key(key))
                        .asByteArray()));
            } catch (S3Exception | InvalidInput e) {
                // A person redrove it then, or it is not told.
            }
        }
        return found;
    }
}
