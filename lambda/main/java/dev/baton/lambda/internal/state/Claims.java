package dev.baton.lambda.internal.state;

import dev.baton.json.Json;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.task.Superseded;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The claims on the output of one task: the order in which runs may write it.
///
/// Conditional writes alone do not keep an older run from overwriting what a later one relies on. Say run 1 makes an
/// output of A, run 2 is to make one of B and dawdles, and run 3, for A again, finds the output right and skips: run 2
/// would then replace it, and nothing at the output tells that run 3 was there. So every run, whether it writes or
/// skips, first says here that it cares. Whoever finds the claim of a later run for other inputs gives way. And whoever
/// skips over the claim of an earlier run that may still be about to write makes that write fail, by writing the output
/// anew as it is ([#take] says when).
public final class Claims {
    private static final int LOOKS = 20;

    private final S3Access reader;
    private final S3Access writer;
    private final String bucket;
    private final String key;
    private final String uri;

    /// @param key of the claim
    /// @param uri what the output is called in messages
    public Claims(S3Access reader, S3Access writer, String bucket, String key, String uri) {
        this.reader = reader;
        this.writer = writer;
        this.bucket = bucket;
        this.key = key;
        this.uri = uri;
    }

    /// Claims the output. The target is to be looked at before: who comes later then knows that it was.
    ///
    /// @return the claim that this one replaced or left in its place, null where there was none
    /// @throws Superseded when a later run claims it for other inputs
    public @Nullable Claim take(Claim mine) {
        for (var look = 0; look < LOOKS; look++) {
            var found = find();
            refuseToGoBack(mine, found);
            var last = found == null ? null : found.claim();
            if (last != null && standsFor(last, mine)) {
                return last;
            }
            var precondition = found == null ? new Precondition.Absent() : new Precondition.Unchanged(found.etag());
            var result =
                    writer.write(bucket, key, Json.bytes(mine.toJson()), "application/json", Map.of(), precondition);
            if (result instanceof WriteResult.Written) {
                return last;
            }
        }
        throw new IllegalStateException("the claim " + key + " changed " + LOOKS + " times while it was to be taken");
    }

    /// @throws Superseded when a later run claims the output for other inputs
    public void check(Claim mine) {
        refuseToGoBack(mine, find());
    }

    /// The claim of a later run for the same inputs, or of this run itself, is as good as a new one.
    private static boolean standsFor(Claim last, Claim mine) {
        return last.order().isLaterThan(mine.order())
                || (last.order().isOf(mine.order()) && (last.writes() || !mine.writes()));
    }

    private void refuseToGoBack(Claim mine, @Nullable Found found) {
        if (found != null
                && found.claim().order().isLaterThan(mine.order())
                && !found.claim().fingerprint().equals(mine.fingerprint())) {
            throw new Superseded(uri, mine.order().run(), found.claim().order().run());
        }
    }

    private @Nullable Found find() {
        var content = reader.read(bucket, key, null);
        return content == null ? null : new Found(Claim.parse(content.bytes()), content.etag());
    }

    private record Found(Claim claim, String etag) {}
}
