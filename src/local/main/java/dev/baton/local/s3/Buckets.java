package dev.baton.local.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// All buckets of the account, and the one place where they change.
final class Buckets implements AutoCloseable {
    private final ConcurrentSkipListMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final Blobs blobs;
    private final Journal journal;

    /// Holds what the journal tells.
    Buckets(Blobs blobs, Journal journal) throws IOException {
        this.blobs = blobs;
        this.journal = journal;
        journal.replay(this::apply);
    }

    Blobs blobs() {
        return blobs;
    }

    @Nullable
    Bucket find(String name) {
        return buckets.get(name);
    }

    Collection<Bucket> all() {
        return buckets.values();
    }

    /// Later than all sequences before, and close to the time in microseconds, so that they keep growing when a store
    /// is begun anew.
    long nextSequence(long epochMillis) {
        return sequence.accumulateAndGet(epochMillis * 1_000, (last, now) -> Math.max(last + 1, now));
    }

    /// Makes the change, under the lock of its bucket. It holds for everyone at once; it is durable when the journal
    /// has got as far as the ticket.
    long change(Change change) {
        apply(change);
        return journal.append(change);
    }

    /// Creates the bucket unless there is one.
    ///
    /// @return a ticket, or -1 where there was one
    long create(Change.BucketCreated change) {
        var bucket = new Bucket(change.bucket(), change.at());
        bucket.lock.lock();
        try {
            if (buckets.putIfAbsent(change.bucket(), bucket) != null) {
                return -1;
            }
            return journal.append(change);
        } finally {
            bucket.lock.unlock();
        }
    }

    /// Waits until what the ticket stands for will survive the end of the process.
    void await(long ticket) throws IOException {
        journal.await(ticket);
    }

    private void apply(Change change) {
        switch (change) {
            case Change.BucketCreated(var name, var at) -> buckets.putIfAbsent(name, new Bucket(name, at));
            case Change.BucketDeleted(var name) -> {
                var removed = buckets.remove(name);
                if (removed != null) {
                    removed.deleted = true;
                }
            }
            case Change.BucketSet(var name, var setting, var value) ->
                known(name).set(setting, value);
            case Change.VersionAdded(var name, var version) -> add(known(name), version);
            case Change.VersionRemoved(var name, var key, var id) -> remove(known(name), key, id);
            case Change.VersionTagged(var name, var key, var id, var tags) ->
                known(name)
                        .versions
                        .computeIfPresent(
                                key,
                                (same, all) -> all.stream()
                                        .map(version -> version.id().equals(id) ? version.withTags(tags) : version)
                                        .toList());
            case Change.UploadBegun(var name, var upload) -> known(name).uploads.put(upload.id(), upload);
            case Change.PartAdded(var name, var key, var uploadId, var part) -> {
                var upload = known(name).uploads.get(uploadId);
                if (upload != null) {
                    blobs.retain(part.blob());
                    var before = upload.parts().put(part.number(), part);
                    if (before != null) {
                        blobs.release(before.blob());
                    }
                }
            }
            case Change.UploadAborted(var name, var key, var uploadId) -> end(known(name), uploadId);
            case Change.UploadCompleted(var name, var uploadId, var version) -> {
                add(known(name), version);
                end(known(name), uploadId);
            }
        }
    }

    private Bucket known(String name) {
        var bucket = buckets.get(name);
        if (bucket == null) {
            throw new IllegalStateException("a change to a bucket that is not there: " + name);
        }
        return bucket;
    }

    private void add(Bucket bucket, Version version) {
        version.parts().forEach(part -> blobs.retain(part.blob()));
        sequence.accumulateAndGet(version.sequence(), Math::max);
        var before = bucket.versionsOf(version.key());
        var after = new ArrayList<Version>(before.size() + 1);
        after.add(version);
        put(bucket, version.key(), before, version.id(), after);
    }

    private void remove(Bucket bucket, String key, String id) {
        put(bucket, key, bucket.versionsOf(key), id, new ArrayList<>());
    }

    /// Adds all versions but one, and lets go of that one's bytes when nobody can find them any more.
    private void put(Bucket bucket, String key, List<Version> before, String without, List<Version> after) {
        Version dropped = null;
        for (var version : before) {
            if (version.id().equals(without)) {
                dropped = version;
            } else {
                after.add(version);
            }
        }
        if (after.isEmpty()) {
            bucket.versions.remove(key);
        } else {
            bucket.versions.put(key, List.copyOf(after));
        }
        if (dropped != null) {
            release(dropped);
        }
    }

    private void release(Version version) {
        version.parts().forEach(part -> blobs.release(part.blob()));
    }

    private void end(Bucket bucket, String uploadId) {
        var upload = bucket.uploads.remove(uploadId);
        if (upload != null) {
            upload.parts().values().forEach(part -> blobs.release(part.blob()));
        }
    }

    /// Every blob that something refers to.
    List<Blob> referenced() {
        var referenced = new ArrayList<Blob>();
        for (var bucket : buckets.values()) {
            bucket.versions
                    .values()
                    .forEach(all ->
                            all.forEach(version -> version.parts().forEach(part -> referenced.add(part.blob()))));
            bucket.uploads
                    .values()
                    .forEach(upload -> upload.parts().values().forEach(part -> referenced.add(part.blob())));
        }
        return referenced;
    }

    /// The shortest list of changes that leads to what there is now.
    List<Change> asChanges() {
        var changes = new ArrayList<Change>();
        for (var bucket : buckets.values()) {
            changes.add(new Change.BucketCreated(bucket.name(), bucket.created()));
            for (var setting : Setting.values()) {
                var value = bucket.setting(setting);
                if (value != null) {
                    changes.add(new Change.BucketSet(bucket.name(), setting, value));
                }
            }
            bucket.versions
                    .values()
                    .forEach(all -> all.reversed()
                            .forEach(version -> changes.add(new Change.VersionAdded(bucket.name(), version))));
            bucket.uploads.values().forEach(upload -> {
                changes.add(new Change.UploadBegun(bucket.name(), upload));
                upload.parts()
                        .values()
                        .forEach(part ->
                                changes.add(new Change.PartAdded(bucket.name(), upload.key(), upload.id(), part)));
            });
        }
        return changes;
    }

    @Override
    public void close() {
        journal.close();
        blobs.close();
    }
}
