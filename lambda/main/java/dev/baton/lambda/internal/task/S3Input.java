package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.BucketNames.Address;
import dev.baton.run.PinnedObject;
import dev.baton.task.Input;
import java.io.InputStream;

/// One version of an object, read with the session of the attempt, until the attempt ends.
final class S3Input implements Input {
    private final S3Access s3;
    private final Address address;
    private final PinnedObject pinned;
    private final AttemptEnd end;
    private final ReadPlaces places;

    S3Input(S3Access s3, Address address, PinnedObject pinned, AttemptEnd end, ReadPlaces places) {
        this.s3 = s3;
        this.address = address;
        this.pinned = pinned;
        this.end = end;
        this.places = places;
    }

    @Override
    public String uri() {
        return pinned.uri();
    }

    @Override
    public String version() {
        return pinned.version();
    }

    @Override
    public long size() {
        return pinned.size();
    }

    @Override
    public InputStream stream() {
        var what = "the input " + uri();
        end.refuse(what);
        var content = s3.open(address.bucket(), address.key(), pinned.version());
        return places.counted(uri(), new AttemptStream(content, end, what));
    }

    @Override
    public String toString() {
        return pinned.uri() + "@" + pinned.version();
    }
}
