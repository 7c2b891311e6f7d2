package dev.baton.lambda.internal.state;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.run.Pin;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskResult;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The state that runs keep in the state bucket, as the holder of certain credentials sees it.
public final class RunState {
    private static final String JSON = "application/json";

    private final S3Access s3;
    private final String bucket;

    public RunState(S3Access s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// The versions that a run reads, or null before they are pinned.
    public @Nullable Pin pin(String pipeline, String run) {
        var content = s3.read(bucket, StateKeys.pin(pipeline, run), null);
        return content == null ? null : Pin.parse(content.bytes());
    }

    /// Pins, if nobody did for this run; what stands there afterwards counts, whoever wrote it.
    public Pin pin(Pin pin) {
        var key = StateKeys.pin(pin.run().pipeline(), pin.run().run());
        while (true) {
            var result = s3.write(bucket, key, Json.bytes(pin.toJson()), JSON, Map.of(), new Precondition.Absent());
            if (result instanceof WriteResult.Written) {
                return pin;
            }
            var earlier = pin(pin.run().pipeline(), pin.run().run());
            if (earlier != null) {
                return earlier;
            }
        }
    }

    /// The way in which a node became complete in a run, or null before it did.
    public @Nullable TaskResult done(String key) {
        var content = s3.read(bucket, key, null);
        return content == null ? null : TaskResult.parse(content.bytes());
    }

    /// Says that a node is complete in its run. Said twice it means the same.
    public void done(String key, TaskResult result) {
        put(key, Json.bytes(result.toJson()));
    }

    /// The keys of everything that is complete in a run.
    public Set<String> dones(String pipeline, String run) {
        return s3.keys(bucket, StateKeys.done(pipeline, run)).collect(Collectors.toSet());
    }

    /// Writes whatever was there before.
    public void put(String key, byte[] content) {
        while (true) {
            var result = s3.write(bucket, key, content, JSON, Map.of(), new Precondition.Anything());
            if (result instanceof WriteResult.Written) {
                return;
            }
        }
    }
}
