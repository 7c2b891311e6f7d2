package dev.baton.local.s3;

import dev.baton.local.internal.LocalDisk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// What many small objects take: `main` prints the memory that they hold, how long they took to be written, to be
/// listed and, of a folder, to be there again. Not a test: it measures the machine too.
///
/// The arguments are how many objects, and a folder to keep them in, or none for the heap. Run it in a heap of 400 MB:
/// `.ci/bench -Xmx400m dev.baton.local.s3.StoreBenchmark 1000000 /tmp/store`.
public final class StoreBenchmark {
    private static final int WRITERS = 16;

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        var count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        var folder = arguments.length > 1 ? Path.of(arguments[1]) : null;
        var empty = held();
        var buckets = folder == null
                ? new Buckets(
                        new MemoryBlobs(new FileBlobs(LocalDisk.DISK, Files.createTempDirectory("baton-bench"), false)),
                        ChangeJournal.NONE)
                : new StoreFolder(LocalDisk.DISK, folder, false).open().buckets();
        if (buckets.find("lake") == null) {
            buckets.await(buckets.create(new Change.BucketCreated("lake", Instant.now())));
            var began = System.nanoTime();
            write(buckets, count);
            System.out.printf("%,d objects written in %.1f s%n", count, seconds(began));
        } else {
            System.out.printf(
                    "there again %.1f s after the start%n",
                    ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
        }
        System.out.printf("%d bytes of heap for each%n", (held() - empty) / count);
        list(buckets);
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM")) {
                System.out.println(line);
            }
        }
        buckets.close();
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static long held() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (var i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static void write(Buckets buckets, int count) throws InterruptedException {
        var next = new AtomicInteger();
        var done = new CountDownLatch(WRITERS);
        for (var i = 0; i < WRITERS; i++) {
            Thread.ofPlatform().start(() -> {
                try {
                    for (var number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        put(buckets, "day=%03d/part-%08d.json".formatted(number % 365, number));
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
    }

    static ObjectVersion put(Buckets buckets, String key) throws IOException {
        var bucket = buckets.find("lake");
        var content = "%20.20s".formatted(key).getBytes(StandardCharsets.UTF_8);
        try (var incoming = buckets.blobs().begin(content.length)) {
            incoming.write(content);
            var blob = incoming.finish();
            var running = ChecksumAlgorithm.CRC32.start();
            running.update(content, 0, content.length);
            var checksum = Checksum.full(ChecksumAlgorithm.CRC32, running.digest());
            var now = Instant.ofEpochMilli(System.currentTimeMillis());
            var etag = Etags.random();
            var metadata = new Metadata(
                    Map.of("Content-Type", new String("application/json")),
                    Map.of(),
                    new Encryption("AES256", null, false),
                    "STANDARD");
            long ticket;
            ObjectVersion version;
            bucket.lock.lock();
            try {
                version = new ObjectVersion(
                        key,
                        ObjectVersion.NULL,
                        false,
                        buckets.nextSequence(now.toEpochMilli()),
                        now,
                        etag,
                        content.length,
                        metadata,
                        checksum,
                        List.of(new Part(1, content.length, etag, checksum, now, blob)),
                        false,
                        Map.of());
                ticket = buckets.change(new Change.VersionAdded("lake", version));
            } finally {
                bucket.lock.unlock();
            }
            buckets.await(ticket);
            return version;
        }
    }

    /// Key by key, as the service does.
    private static void list(Buckets buckets) {
        var bucket = buckets.find("lake");
        var began = System.nanoTime();
        var size = 0L;
        var count = 0;
        for (var entry = bucket.versions.ceiling(""); entry != null; entry = bucket.versions.higher(entry.key())) {
            size += entry.versions().getFirst().size();
            count++;
        }
        System.out.printf("%,d listed in %.2f s, %,d bytes%n", count, seconds(began), size);
    }
}
