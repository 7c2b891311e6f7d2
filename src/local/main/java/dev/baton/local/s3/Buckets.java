package dev.baton.local.s3;

import dev.baton.diagnostic.Diagnostic;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All buckets of the account, and the one place where they change.
final class Buckets implements AutoCloseable {
    private final ConcurrentSkipListMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final Blobs blobs;
    private final ChangeJournal journal;
    private final boolean lenient;
    private final List<Diagnostic> said;
    private long replayed;
    /// Changes that the journal may still lose, by ticket.
    private final ConcurrentSkipListMap<Long, Applied> unsettled = new ConcurrentSkipListMap<>();
    /// Shared by those who change something, whole for who takes changes back.
    private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();

    /// The effect of a change, to be settled when it is on the disk, or undone where it cannot get there.
    ///
    /// @param gained blobs that one more object refers to
    /// @param freed blobs that one object less refers to
    private record Applied(Runnable undo, List<Blob> gained, List<Blob> freed) {
        static Applied of(Runnable undo) {
            return new Applied(undo, List.of(), List.of());
        }
    }

    /// Holds what the journal tells.
    Buckets(Blobs blobs, ChangeJournal journal) throws IOException {
        this(blobs, journal, false);
    }

    /// @param lenient whether a change to a bucket that is not there makes one: where the record of its creation was
    ///     lost
    Buckets(Blobs blobs, ChangeJournal journal, boolean lenient) throws IOException {
        this.blobs = blobs;
        this.journal = journal;
        this.lenient = lenient;
        this.said = journal.replay(change -> {
            replayed++;
            apply(change);
        });
        objects((blob, object) -> blobs.retain(blob));
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

    /// What the journal had to say of its end.
    List<Diagnostic> said() {
        return said;
    }

    /// Makes the change, under the lock of its bucket. It holds for everyone at once; it is durable when the journal
    /// has got as far as the ticket, and only then are the bytes let go that it makes unnecessary.
    long change(Change change) {
        changing.readLock().lock();
        try {
            return appended(change, apply(change));
        } finally {
            changing.readLock().unlock();
        }
    }

    private long appended(Change change, Applied applied) {
        applied.gained().forEach(blobs::retain);
        long ticket = journal.append(change);
        if (ticket == 0) {
            applied.freed().forEach(blobs::release);
        } else {
            unsettled.put(ticket, applied);
        }
        return ticket;
    }

    /// Creates the bucket unless there is one.
    ///
    /// @return a ticket, or -1 where there was one
    long create(Change.BucketCreated change) {
        var bucket = new Bucket(change.bucket(), change.at());
        bucket.lock.lock();
        changing.readLock().lock();
        try {
            if (buckets.putIfAbsent(change.bucket(), bucket) != null) {
                return -1;
            }
            return appended(change, Applied.of(() -> drop(bucket)));
        } finally {
            changing.readLock().unlock();
            bucket.lock.unlock();
        }
    }

    private void drop(Bucket bucket) {
        buckets.remove(bucket.name(), bucket);
        bucket.deleted = true;
    }

    /// The ticket of the last change that is not on the disk yet: for who answers that there is nothing to change any
    /// more. Asked under the lock of the bucket that it is about.
    long changed() {
        var last = unsettled.lastEntry();
        return last == null ? 0 : last.getKey();
    }

    /// Waits until what the ticket stands for is on the disk, and lets go of the bytes that it makes unnecessary.
    ///
    /// @throws IOException where it is not: then it has not happened
    void await(long ticket) throws IOException {
        try {
            journal.await(ticket);
        } catch (IOException | RuntimeException e) {
            undo();
            throw e;
        }
        changing.readLock().lock();
        try {
            settle(journal.durable());
        } finally {
            changing.readLock().unlock();
        }
    }

    private void settle(long durable) {
        for (var first = unsettled.firstEntry();
                first != null && first.getKey() <= durable;
                first = unsettled.firstEntry()) {
            var settled = unsettled.remove(first.getKey());
            if (settled != null) {
                settled.freed().forEach(blobs::release);
            }
        }
    }

    /// Takes back, the last first, what is not on the disk and will not get there.
    private void undo() {
        changing.writeLock().lock();
        try {
            long stays = journal.revoke();
            settle(stays);
            var lost = unsettled.tailMap(stays, false).descendingMap();
            lost.values().forEach(applied -> {
                applied.undo().run();
                applied.gained().forEach(blobs::release);
            });
            lost.clear();
        } finally {
            changing.writeLock().unlock();
        }
    }

    private Applied apply(Change change) {
        return switch (change) {
            case Change.BucketCreated(var name, var at) -> {
                var bucket = new Bucket(name, at);
                buckets.putIfAbsent(name, bucket);
                yield Applied.of(() -> drop(bucket));
            }
            case Change.BucketDeleted(var name) -> delete(known(name));
            case Change.BucketSet(var name, var setting, var value) -> {
                var bucket = known(name);
                var before = bucket.setting(setting);
                bucket.set(setting, value);
                yield Applied.of(() -> bucket.set(setting, before));
            }
            case Change.VersionAdded(var name, var version) -> add(known(name), version);
            case Change.VersionRemoved(var name, var key, var id) ->
                put(known(name), key, id, new ArrayList<>(), List.of());
            case Change.VersionTagged(var name, var key, var id, var tags) -> {
                var bucket = known(name);
                var before = bucket.versionsOf(key);
                var after = before.stream()
                        .map(version -> version.id().equals(id) ? version.withTags(tags) : version)
                        .toList();
                bucket.put(key, after);
                yield Applied.of(() -> bucket.put(key, before));
            }
            case Change.UploadBegun(var name, var upload) -> {
                var bucket = known(name);
                bucket.uploads.put(upload.id(), upload);
                yield Applied.of(() -> bucket.uploads.remove(upload.id()));
            }
            case Change.PartAdded(var name, var key, var uploadId, var part) -> add(known(name), uploadId, part);
            case Change.UploadAborted(var name, var key, var uploadId) -> end(known(name), uploadId);
            case Change.UploadCompleted(var name, var uploadId, var version) -> {
                var added = add(known(name), version);
                var ended = end(known(name), uploadId);
                yield new Applied(
                        () -> {
                            ended.undo().run();
                            added.undo().run();
                        },
                        added.gained(),
                        Stream.concat(added.freed().stream(), ended.freed().stream())
                                .toList());
            }
        };
    }

    private Bucket known(String name) {
        var bucket = buckets.get(name);
        if (bucket != null) {
            return bucket;
        }
        if (!lenient) {
            throw new IllegalStateException("a change to a bucket that is not there: " + name);
        }
        return buckets.computeIfAbsent(name, missing -> new Bucket(missing, Instant.EPOCH));
    }

    /// Its uploads end with it.
    private Applied delete(Bucket bucket) {
        buckets.remove(bucket.name());
        bucket.deleted = true;
        var freed = bucket.uploads.values().stream().flatMap(Buckets::blobs).toList();
        return new Applied(
                () -> {
                    buckets.put(bucket.name(), bucket);
                    bucket.deleted = false;
                },
                List.of(),
                freed);
    }

    private Applied add(Bucket bucket, ObjectVersion version) {
        sequence.accumulateAndGet(version.sequence(), Math::max);
        var after = new ArrayList<ObjectVersion>();
        after.add(version);
        return put(bucket, version.key(), version.id(), after, blobs(version).toList());
    }

    /// Adds all versions but one, whose bytes are let go when nobody can find them any more.
    private static Applied put(
            Bucket bucket, String key, String without, List<ObjectVersion> after, List<Blob> gained) {
        var before = bucket.versionsOf(key);
        var freed = new ArrayList<Blob>();
        for (var version : before) {
            if (version.id().equals(without)) {
                blobs(version).forEach(freed::add);
            } else {
                after.add(version);
            }
        }
        bucket.put(key, after);
        return new Applied(() -> bucket.put(key, before), gained, freed);
    }

    private static Applied add(Bucket bucket, String uploadId, Part part) {
        var upload = bucket.uploads.get(uploadId);
        if (upload == null) {
            return Applied.of(() -> {});
        }
        var before = upload.parts().put(part.number(), part);
        return new Applied(
                () -> {
                    if (before == null) {
                        upload.parts().remove(part.number());
                    } else {
                        upload.parts().put(part.number(), before);
                    }
                },
                List.of(part.blob()),
                before == null ? List.of() : List.of(before.blob()));
    }

    private static Applied end(Bucket bucket, String uploadId) {
        var upload = bucket.uploads.remove(uploadId);
        return upload == null
                ? Applied.of(() -> {})
                : new Applied(
                        () -> bucket.uploads.put(uploadId, upload),
                        List.of(),
                        blobs(upload).toList());
    }

    private static Stream<Blob> blobs(ObjectVersion version) {
        return version.parts().stream().map(Part::blob);
    }

    private static Stream<Blob> blobs(Upload upload) {
        return upload.parts().values().stream().map(Part::blob);
    }

    /// Tells of every file that a part of an object or upload is made of, and of bucket and key.
    void objects(BiConsumer<Blob.InFile, Supplier<String>> into) {
        for (var bucket : buckets.values()) {
            bucket.versions.forEach((key, all) -> {
                for (var version : all) {
                    tell(blobs(version), () -> bucket.name() + "/" + key, into);
                }
            });
            bucket.uploads
                    .values()
                    .forEach(upload ->
                            tell(blobs(upload), () -> bucket.name() + "/" + upload.key() + " (upload)", into));
        }
    }

    private static void tell(
            Stream<Blob> blobs, Supplier<String> object, BiConsumer<Blob.InFile, Supplier<String>> into) {
        blobs.forEach(blob -> {
            if (blob instanceof Blob.InFile file) {
                into.accept(file, object);
            }
        });
    }

    /// Whether a good part of what the journal told is no matter any more.
    boolean isShorterAsChanges() {
        var needed = new AtomicLong();
        asChanges(change -> needed.incrementAndGet());
        return needed.get() * 4 < replayed * 3;
    }

    /// Tells the fewest changes that lead to what there is now.
    void asChanges(Consumer<Change> into) {
        for (var bucket : buckets.values()) {
            into.accept(new Change.BucketCreated(bucket.name(), bucket.created()));
            for (var setting : BucketSetting.values()) {
                var value = bucket.setting(setting);
                if (value != null) {
                    into.accept(new Change.BucketSet(bucket.name(), setting, value));
                }
            }
            bucket.versions.forEach((key, all) ->
                    all.reversed().forEach(version -> into.accept(new Change.VersionAdded(bucket.name(), version))));
            bucket.uploads.values().forEach(upload -> {
                into.accept(new Change.UploadBegun(bucket.name(), upload));
                upload.parts()
                        .values()
                        .forEach(part ->
                                into.accept(new Change.PartAdded(bucket.name(), upload.key(), upload.id(), part)));
            });
        }
    }

    @Override
    public void close() {
        journal.close();
        blobs.close();
    }
}
