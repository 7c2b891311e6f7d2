package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.Spool;
import dev.baton.lambda.internal.objects.SpooledContent;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.lambda.internal.state.Claim;
import dev.baton.lambda.internal.state.Claims;
import dev.baton.run.BucketNames.Address;
import dev.baton.run.OutputMetadata;
import dev.baton.run.PinnedObject;
import dev.baton.task.Superseded;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Makes an output appear, whole, unless a run that started later was there first.
///
/// Every write names what it replaces (`If-Match`) or that there is nothing (`If-None-Match`). So between looking and
/// writing nobody is overwritten unseen, and whoever is seen is asked when its run started.
final class Commit {
    private static final int LOOKS = 20;

    private final S3Access s3;
    private final Address target;
    private final OutputMetadata mine;
    private final Claims claims;
    private final boolean isAnew;

    /// @param isAnew whether an output that an earlier run made of the very same is replaced
    Commit(S3Access s3, Address target, OutputMetadata mine, Claims claims, boolean isAnew) {
        this.s3 = s3;
        this.target = target;
        this.mine = mine;
        this.claims = claims;
        this.isAnew = isAnew;
    }

    /// Claims the output for this run, which means to write it or finds it right as it is.
    ///
    /// @return the claim that was there before, null where there was none
    /// @throws Superseded when a later run claims it for other inputs
    @Nullable
    Claim claim(boolean writes) {
        return claims.take(new Claim(mine.order(), mine.fingerprint(), writes));
    }

    /// @param seen the target as it was before the task ran, null where there was none
    /// @return the version to go on with: this attempt's, or that of another attempt at the very same
    /// @throws Superseded when a later-started run has written the target
    PinnedObject write(SpooledContent content, String contentType, @Nullable StoredObject seen) {
        var last = seen;
        for (var look = 0; look < LOOKS; look++) {
            if (last != null && isMine(last)) {
                return pinned(last);
            }
            refuseToGoBack(last);
            var result = s3.write(
                    target.bucket(), target.key(), content, contentType, mine.metadata(), Precondition.asSeen(last));
            if (result instanceof WriteResult.Written written) {
                return new PinnedObject(target.uri(), written.version(), content.sha256(), content.size());
            }
            last = lookAgain();
        }
        throw new IllegalStateException(
                target.uri() + " changed " + LOOKS + " times while it was to be written; try again");
    }

    /// Writes the target anew as it is, as this run's work: whoever saw it before can no longer write over it.
    ///
    /// @return the new version, null where the target is not any more what was seen
    @Nullable
    PinnedObject renew(StoredObject seen) throws IOException {
        var spool = new Spool(SpooledOutput.MEMORY_LIMIT);
        try (spool;
                var in = s3.open(seen.bucket(), seen.key(), seen.version())) {
            in.transferTo(spool);
        }
        try {
            var content = spool.finish();
            var result = s3.write(
                    target.bucket(),
                    target.key(),
                    content,
                    seen.contentType(),
                    mine.metadata(),
                    new Precondition.Unchanged(seen.etag()));
            return result instanceof WriteResult.Written written
                    ? new PinnedObject(target.uri(), written.version(), content.sha256(), content.size())
                    : null;
        } finally {
            spool.discard();
        }
    }

    /// First the target, then the claim: a later run claims first and looks then.
    private @Nullable StoredObject lookAgain() {
        var now = look();
        claims.check(new Claim(mine.order(), mine.fingerprint(), true));
        return now;
    }

    /// The target as it is now, or null.
    @Nullable
    StoredObject look() {
        return s3.find(target.bucket(), target.key());
    }

    /// Whether an object was made from what this attempt works on, and where it is to be made anew, in this run or a
    /// later one.
    private boolean isMine(StoredObject object) {
        var marks = OutputMetadata.of(object.metadata());
        return marks != null
                && marks.fingerprint().equals(mine.fingerprint())
                && !(isAnew && mine.order().isLaterThan(marks.order()));
    }

    /// @throws Superseded when an object is the work of a later-started run
    void refuseToGoBack(@Nullable StoredObject object) {
        var marks = object == null ? null : OutputMetadata.of(object.metadata());
        if (marks != null && marks.order().isLaterThan(mine.order())) {
            throw new Superseded(target.uri(), mine.run(), marks.run());
        }
    }

    PinnedObject pinned(StoredObject object) {
        return new PinnedObject(target.uri(), object.version(), object.sha256(), object.checksum(), object.size());
    }
}
