package dev.baton.cli.diff;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.json.Json;
import dev.baton.run.Pin;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskResult;
import dev.baton.task.InvalidInput;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// One run, as far as it left something behind: the versions that it pinned, and the result of each task.
///
/// @param results by the id of the node
public record ComparedRun(
        DescribeExecutionResponse execution, DeployedPipeline there, Pin pin, Map<String, TaskResult> results) {

    /// Asks the place.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI068, CLI069
    public static ComparedRun of(RunPlace place, DescribeExecutionResponse execution) {
        var endpoint = place.endpoint();
        var there = place.pipelineOf(execution.stateMachineArn())
                .orElseThrow(() -> RunDiffFindings.unclear(
                        execution.name(), "is an execution of a state machine that is not a pipeline's"));
        var run = RunReference.id(execution.name(), execution.startDate());
        try {
            var pin = Pin.parse(read(endpoint, there, StateKeys.pin(there.pipeline(), run)));
            var results = new LinkedHashMap<String, TaskResult>();
            keys(endpoint, there, StateKeys.done(there.pipeline(), run)).parallelStream()
                    .map(key -> TaskResult.parse(read(endpoint, there, key)))
                    .toList()
                    .forEach(result -> results.put(result.node(), result));
            return new ComparedRun(execution, there, pin, results);
        } catch (NoSuchKeyException e) {
            throw RunDiffFindings.nothingLeft(execution.name(), run);
        } catch (InvalidInput e) {
            throw RunDiffFindings.unclear(execution.name(), "has left what this Baton cannot read: " + e.getMessage());
        }
    }

    private static byte[] read(Endpoint endpoint, DeployedPipeline there, String key) {
        return endpoint.s3()
                .getObjectAsBytes(request -> request.bucket(there.stateBucket()).key(key))
                .asByteArray();
    }

    private static List<String> keys(Endpoint endpoint, DeployedPipeline there, String prefix) {
        return endpoint
                .s3()
                .listObjectsV2Paginator(
                        request -> request.bucket(there.stateBucket()).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /// Of the run, canonically printed.
    public Map<String, String> parameters() {
        return pin.run().parameters();
    }

    /// How long it took; null while it runs.
    public @Nullable Duration took() {
        return execution.stopDate() == null ? null : Duration.between(execution.startDate(), execution.stopDate());
    }

    /// The members `execution`, `arn`, `run`, `status`, `startedAt`, `milliseconds`, `error` and `parameters`.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("execution", execution.name());
        json.put("arn", execution.executionArn());
        json.put("run", pin.run().run());
        json.put("status", execution.statusAsString());
        json.put("startedAt", execution.startDate().toString());
        var took = took();
        json.put("milliseconds", took == null ? null : took.toMillis());
        json.put("error", execution.error());
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(parameters()));
        return json;
    }

    @Override
    public String toString() {
        return Json.print(toJson());
    }
}
