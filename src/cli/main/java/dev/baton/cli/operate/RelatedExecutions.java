package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.ExecutionInput;
import dev.baton.run.ExecutionName;
import dev.baton.run.Pin;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The executions in whose place an execution is, or that are in its place: of the same run, with other code.
///
/// Nothing is written down for it but the input of what was started: it follows from what Step Functions keeps of
/// executions, for as long as it keeps them. So it is also known of what a sweep started after a deployment.
///
/// @param continues the name of the one that failed before it; null where there is none
/// @param continuedBy the name of the newest after it; null where there is none
public record RelatedExecutions(
        @Nullable String continues, @Nullable String continuedBy) {
    private static final RelatedExecutions NONE = new RelatedExecutions(null, null);
    /// So many executions of the pipeline are looked through.
    private static final int MOST = 10_000;
    /// So many that are called alike are asked for their inputs.
    private static final int ALIKE = 50;
    /// `-` and 32 digits.
    private static final int HASH = 33;

    private static final Set<ExecutionStatus> FAILED =
            Set.of(ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT, ExecutionStatus.ABORTED);

    /// Asks the endpoint.
    public static RelatedExecutions of(Endpoint endpoint, DescribeExecutionResponse execution) {
        var pipeline = DeployedPipeline.ofMachine(endpoint, execution.stateMachineArn())
                .filter(there -> there.machine().equals(execution.stateMachineArn()));
        var run = pipeline.flatMap(there -> Run.of(endpoint, there, execution));
        return run.map(found -> of(endpoint, pipeline.get(), execution, found)).orElse(NONE);
    }

    /// What an execution was to do.
    ///
    /// @param versions the versions that it reads, by logical URI; none where nobody knows
    private record Run(ExecutionInput input, Map<String, String> versions) {
        static Optional<Run> of(Endpoint endpoint, DeployedPipeline pipeline, DescribeExecutionResponse execution) {
            try {
                var input = ExecutionInput.of(Json.parse(execution.input()));
                return Optional.of(new Run(
                        input, input.inputs().isEmpty() ? pinned(endpoint, pipeline, execution) : input.inputs()));
            } catch (JsonException | InvalidInput e) {
                return Optional.empty();
            }
        }

        private static Map<String, String> pinned(
                Endpoint endpoint, DeployedPipeline pipeline, DescribeExecutionResponse execution) {
            var key = StateKeys.pin(pipeline.pipeline(), RunReference.id(execution.name(), execution.startDate()));
            try {
                return Pin.parse(endpoint.s3()
                                .getObjectAsBytes(request ->
                                        request.bucket(pipeline.stateBucket()).key(key))
                                .asByteArray())
                        .versions();
            } catch (S3Exception | InvalidInput e) {
                // It failed before it pinned, or who asks may not read what runs keep.
                return Map.of();
            }
        }

        boolean isSame(Run other) {
            return input.parameters().equals(other.input.parameters()) && versions.equals(other.versions);
        }
    }

    private static RelatedExecutions of(
            Endpoint endpoint, DeployedPipeline pipeline, DescribeExecutionResponse execution, Run run) {
        var said = run.input().continues();
        var isFailed = FAILED.contains(execution.status());
        @Nullable String before = said.orElse(null);
        @Nullable String after = null;
        for (var item : alike(endpoint, pipeline, execution, run)) {
            var isLater = item.startDate().isAfter(execution.startDate());
            if (isLater ? after != null || !isFailed : before != null || !FAILED.contains(item.status())) {
                continue;
            }
            var other = endpoint.states().describeExecution(request -> request.executionArn(item.executionArn()));
            if (isOfOtherCode(execution, other)
                    && Run.of(endpoint, pipeline, other)
                            .filter(found -> (isLater && isNamed(found, execution)) || found.isSame(run))
                            .isPresent()) {
                if (isLater) {
                    after = item.name();
                } else {
                    before = item.name();
                }
            }
        }
        return new RelatedExecutions(before, after);
    }

    private static boolean isNamed(Run later, DescribeExecutionResponse execution) {
        return later.input().continues().filter(execution.name()::equals).isPresent();
    }

    private static boolean isOfOtherCode(DescribeExecutionResponse one, DescribeExecutionResponse other) {
        return one.stateMachineVersionArn() != null
                && other.stateMachineVersionArn() != null
                && !one.stateMachineVersionArn().equals(other.stateMachineVersionArn());
    }

    /// The other executions of the same parameters, the newest first: their names begin alike.
    private static List<ExecutionListItem> alike(
            Endpoint endpoint, DeployedPipeline pipeline, DescribeExecutionResponse execution, Run run) {
        var name = ExecutionName.of(pipeline.pipeline(), run.input().parameters(), Map.of(), "");
        var readable = name.substring(0, name.length() - HASH + 1);
        return endpoint
                .states()
                .listExecutionsPaginator(
                        request -> request.stateMachineArn(pipeline.machine()).maxResults(1_000))
                .executions()
                .stream()
                .limit(MOST)
                .filter(item -> item.name().startsWith(readable) && !item.name().equals(execution.name()))
                .limit(ALIKE)
                .toList();
    }

    /// The members `continues` and `continuedBy`, each a name or null.
    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("continues", continues);
        json.put("continuedBy", continuedBy);
        return json;
    }
}
