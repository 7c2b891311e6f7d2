package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.objects.Buckets.Address;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.objects.Spooled;
import dev.baton.lambda.internal.objects.StoredObject;
import dev.baton.lambda.internal.objects.WriteResult;
import dev.baton.lambda.internal.state.Pause;
import dev.baton.task.Superseded;
import dev.baton.task.run.PinnedObject;
import org.jspecify.annotations.Nullable;

/// Makes an output appear, whole, unless a run that started later was there first.
///
/// Every write names what it replaces (`If-Match`) or that there is nothing (`If-None-Match`). So between looking and
/// writing nobody is overwritten unseen, and whoever is seen is asked when its run started.
final class Commit {
    private static final int LOOKS = 20;

    private final S3Access s3;
    private final Address target;
    private final Marks mine;

    Commit(S3Access s3, Address target, Marks mine) {
        this.s3 = s3;
        this.target = target;
        this.mine = mine;
    }

    /// @param seen the target as it was before the task ran, null where there was none
    /// @return the version to go on with: this attempt's, or that of another attempt at the very same
    /// @throws Superseded when a later-started run has written the target
    PinnedObject write(Spooled content, String contentType, @Nullable StoredObject seen) {
        var last = seen;
        for (var look = 0; look < LOOKS; look++) {
            if (last != null && isMine(last)) {
                return pinned(last);
            }
            refuseToGoBack(last);
            var result = s3.write(
                    target.bucket(), target.key(), content, contentType, mine.metadata(), Precondition.asSeen(last));
            switch (result) {
                case WriteResult.Written written -> {
                    return new PinnedObject(target.uri(), written.version(), content.sha256(), content.size());
                }
                case WriteResult.Conflict conflict -> {
                    Pause.afterConflict();
                    last = look();
                }
                case WriteResult.Changed changed -> last = look();
            }
        }
        throw new IllegalStateException(
                target.uri() + " changed " + LOOKS + " times while it was to be written; try again");
    }

    /// The target as it is now, or null.
    @Nullable StoredObject look() {
        return s3.find(target.bucket(), target.key());
    }

    /// Whether an object was made from what this attempt works on.
    boolean isMine(StoredObject object) {
        var marks = Marks.of(object);
        return marks != null && marks.fingerprint().equals(mine.fingerprint());
    }

    /// @throws Superseded when an object is the work of a later-started run
    void refuseToGoBack(@Nullable StoredObject object) {
        var marks = object == null ? null : Marks.of(object);
        if (marks != null && marks.order().isLaterThan(mine.order())) {
            throw new Superseded(target.uri(), mine.run(), marks.run());
        }
    }

    PinnedObject pinned(StoredObject object) {
        return new PinnedObject(target.uri(), object.version(), object.sha256(), object.size());
    }
}
