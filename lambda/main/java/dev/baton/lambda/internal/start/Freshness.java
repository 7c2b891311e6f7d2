package dev.baton.lambda.internal.start;

import dev.baton.graph.GraphInstance;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.CompletionRecord;
import dev.baton.run.StateKeys;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import java.util.Map;

/// A check whether the run that made a root's output read just these versions. An event about an input of many runs
/// starts none that read the others of its inputs before; what became of its output since is not asked.
final class Freshness {
    private final S3Access s3;
    private final RunState state;
    private final String bucket;

    Freshness(FunctionEnvironment environment, S3Access s3) {
        this.s3 = s3;
        this.bucket = environment.stateBucket();
        this.state = new RunState(s3, bucket);
    }

    /// @param versions of external objects by logical URI, some of the root's
    boolean is(GraphInstance instance, Map<String, String> versions) {
        var root = Unneeded.unwrap(instance.task(instance.graph().root()));
        var parameters = Parameters.of(root.getClass()).print(root);
        var record = s3.read(bucket, StateKeys.completion(root.getClass(), parameters), null);
        if (record == null) {
            return false;
        }
        var completed = CompletionRecord.parse(record.bytes());
        // A run's own state may have been cleared away long after it; then nobody knows, and starting is harmless.
        var pin = state.pin(completed.pipeline(), completed.run());
        return pin != null
                && versions.entrySet().stream().allMatch(version -> {
                    var pinned = pin.inputs().get(version.getKey());
                    return pinned != null && pinned.version().equals(version.getValue());
                });
    }
}
