package dev.baton.lambda.internal.await;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.S3Access.Listed;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.task.run.Await;
import dev.baton.task.run.RunReference;
import dev.baton.task.run.StateKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/// The joins of runs that wait for nodes, and their release.
///
/// Whoever registers writes the `awaits` object and *then* looks for the `done` objects; whoever completes a node writes
/// its `done` object and *then* has the awaits looked at. S3 is strongly consistent, so at least one of the two sees
/// both. Both may, and both release: the second release finds a token that is spent, which counts as released.
public final class Awaits {
    private static final Logger LOG = LoggerFactory.getLogger(Awaits.class);
    private static final int KEPT = 1_000;

    private final S3Access s3;
    private final RunState state;
    private final String bucket;
    private final SfnClient sfn;
    /// Awaits that were released by this very function, by key and ETag: a registration anew is another object.
    private final Map<Listed, Boolean> released = lastOnes();
    private final Map<Listed, Await> known = lastOnes();

    public Awaits(S3Access s3, String bucket, SfnClient sfn) {
        this.s3 = s3;
        this.state = new RunState(s3, bucket);
        this.bucket = bucket;
        this.sfn = sfn;
    }

    /// A join begins to wait; it may be released before this returns.
    ///
    /// @param awaiter unique in the run; registering again replaces what waited under the name
    /// @return whether it was released at once
    public boolean register(RunReference run, String awaiter, Await await) {
        state.put(StateKeys.await(run.pipeline(), run.run(), awaiter), Json.bytes(await.toJson()));
        var dones = state.dones(run.pipeline(), run.run());
        return dones.containsAll(await.done()) && release(awaiter, await);
    }

    /// Releases every join of a run whose nodes are all complete.
    ///
    /// @return how many this call released
    public int wake(String pipeline, String run) {
        var waiting = waiting(pipeline, run);
        if (waiting.isEmpty()) {
            return 0;
        }
        var dones = state.dones(pipeline, run);
        var count = 0;
        for (var listed : waiting) {
            var await = await(listed);
            if (await == null || !dones.containsAll(await.done())) {
                continue;
            }
            if (release(listed.key(), await)) {
                count++;
            }
            remember(released, listed, true);
        }
        return count;
    }

    private List<Listed> waiting(String pipeline, String run) {
        var all = new ArrayList<Listed>();
        try (var listing = s3.list(bucket, StateKeys.awaits(pipeline, run))) {
            listing.forEach(all::add);
        }
        synchronized (this) {
            all.removeIf(released::containsKey);
        }
        return all;
    }

    private @Nullable Await await(Listed listed) {
        synchronized (this) {
            var kept = known.get(listed);
            if (kept != null) {
                return kept;
            }
        }
        var content = s3.read(bucket, listed.key(), null);
        if (content == null) {
            return null;
        }
        var await = Await.parse(content.bytes());
        if (content.etag().equals(listed.etag())) {
            remember(known, listed, await);
        }
        return await;
    }

    /// @return whether this call did it; a token that is spent was released before, or its execution is over
    private boolean release(String awaiter, Await await) {
        try {
            sfn.sendTaskSuccess(request -> request.taskToken(await.token()).output("{}"));
            LOG.atInfo().addKeyValue("awaiter", awaiter).log("released");
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            LOG.atDebug().addKeyValue("awaiter", awaiter).log("was released before");
            return false;
        }
    }

    private synchronized <V> void remember(Map<Listed, V> memory, Listed key, V value) {
        memory.put(key, value);
    }

    private static <V> Map<Listed, V> lastOnes() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Listed, V> eldest) {
                return size() > KEPT;
            }
        };
    }
}
