package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Many clients at the same instant.
class ConcurrencyTest {
    private static final int THREADS = 16;

    @TempDir
    Path folder;

    EmbeddedAws aws;
    Clients clients;
    S3Client s3;

    private void start(boolean kept) {
        var builder = EmbeddedAws.builder();
        aws = kept ? builder.folder(folder).start() : builder.start();
        clients = new Clients(aws);
        s3 = clients.s3();
        s3.createBucket(create -> create.bucket("lake"));
    }

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    private static <T> List<T> atOnce(int threads, java.util.function.IntFunction<Callable<T>> calls) throws Exception {
        var barrier = new CyclicBarrier(threads);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var futures = IntStream.range(0, threads)
                    .mapToObj(i -> executor.submit(() -> {
                        var call = calls.apply(i);
                        barrier.await();
                        return call.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static int status(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_all_who_create_an_object_one_succeeds(boolean kept) throws Exception {
        start(kept);
        for (int round = 0; round < 20; round++) {
            var key = "k" + round;
            var statuses = atOnce(
                    THREADS,
                    i -> () -> status(() -> s3.putObject(
                            put -> put.bucket("lake").key(key).ifNoneMatch("*"), RequestBody.fromString("by " + i))));
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
            assertThat(statuses).allMatch(status -> status == 200 || status == 412 || status == 409);
            int winner = statuses.indexOf(200);
            assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String())
                    .isEqualTo("by " + winner);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_counter_that_is_compared_and_set_loses_nothing(boolean kept) throws Exception {
        start(kept);
        s3.putObject(put -> put.bucket("lake").key("counter"), RequestBody.fromString("0"));
        int each = 15;
        var refused = new AtomicInteger();
        atOnce(8, i -> () -> {
            for (int done = 0; done < each; ) {
                var current = s3.getObjectAsBytes(get -> get.bucket("lake").key("counter"));
                int next = Integer.parseInt(current.asUtf8String()) + 1;
                int status = status(() -> s3.putObject(
                        put -> put.bucket("lake")
                                .key("counter")
                                .ifMatch(current.response().eTag()),
                        RequestBody.fromString(Integer.toString(next))));
                if (status == 200) {
                    done++;
                } else {
                    refused.incrementAndGet();
                }
            }
            return null;
        });
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key("counter")).asUtf8String())
                .isEqualTo(Integer.toString(8 * each));
        assertThat(refused.get()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_all_who_complete_an_upload_one_succeeds(boolean kept) throws Exception {
        start(kept);
        for (int round = 0; round < 5; round++) {
            var key = "u" + round;
            var uploads = new ArrayList<CompletedPart>();
            var ids = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                int number = i;
                var id = s3.createMultipartUpload(
                                create -> create.bucket("lake").key(key))
                        .uploadId();
                ids.add(id);
                uploads.add(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(s3.uploadPart(
                                        put -> put.bucket("lake")
                                                .key(key)
                                                .uploadId(id)
                                                .partNumber(1),
                                        RequestBody.fromString("part " + number))
                                .eTag())
                        .build());
            }
            var statuses = atOnce(
                    6,
                    i -> () -> status(() -> s3.completeMultipartUpload(complete -> complete.bucket("lake")
                            .key(key)
                            .uploadId(ids.get(i))
                            .ifNoneMatch("*")
                            .multipartUpload(list -> list.parts(uploads.get(i))))));
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
            assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String())
                    .isEqualTo("part " + statuses.indexOf(200));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readers_see_one_whole_version_or_another(boolean kept) throws Exception {
        start(kept);
        s3.putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString("0".repeat(50_000)));
        atOnce(8, i -> () -> {
            for (int round = 0; round < 25; round++) {
                if (i < 3) {
                    var content = Integer.toString(i).repeat(50_000 + i);
                    s3.putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString(content));
                } else {
                    var text = s3.getObjectAsBytes(get -> get.bucket("lake").key("k"))
                            .asUtf8String();
                    var writer = text.substring(0, 1);
                    assertThat(text).isEqualTo(writer.repeat(50_000 + Integer.parseInt(writer)));
                }
            }
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_version_of_many_writers_is_kept(boolean kept) throws Exception {
        start(kept);
        s3.putBucketVersioning(put -> put.bucket("lake").versioningConfiguration(config -> config.status("Enabled")));
        var ids = atOnce(
                8,
                i -> () -> IntStream.range(0, 10)
                        .mapToObj(n -> s3.putObject(
                                        put -> put.bucket("lake").key("k"), RequestBody.fromString(i + "." + n))
                                .versionId())
                        .toList());
        var expected = ids.stream().flatMap(List::stream).toList();
        assertThat(s3.listObjectVersions(list -> list.bucket("lake")).versions())
                .extracting(version -> version.versionId())
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
