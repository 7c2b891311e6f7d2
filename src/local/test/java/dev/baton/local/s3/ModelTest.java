package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Random operations against S3 and against a model that fits on this page; both must agree after each.
class ModelTest {
    private static final List<String> KEYS =
            List.of("a", "a/b", "a/b/c", "a/bb", "b", "b/", "../a", "\u00e4", "\ud83d\ude00", "\uffee", "a b+c");
    private static final List<String> PREFIXES = List.of("", "a", "a/", "a/b", "b", "..", "x");

    @TempDir
    Path folder;

    /// One version of the model.
    private record Modelled(String id, boolean marker, String content, String etag) {}

    /// S3 as its documentation describes it, without a thought to speed.
    private static final class Model {
        final TreeMap<String, List<Modelled>> keys = new TreeMap<>(Comparator.comparing(
                key -> key.getBytes(java.nio.charset.StandardCharsets.UTF_8), Arrays::compareUnsigned));
        String versioning = "";

        Modelled current(String key) {
            var versions = keys.getOrDefault(key, List.of());
            return versions.isEmpty() || versions.getFirst().marker() ? null : versions.getFirst();
        }

        void add(String key, Modelled version) {
            var versions = keys.computeIfAbsent(key, same -> new ArrayList<>());
            if (version.id().equals("null")) {
                versions.removeIf(other -> other.id().equals("null"));
            }
            versions.addFirst(version);
        }

        void remove(String key, String id) {
            var versions = keys.get(key);
            if (versions != null && versions.removeIf(version -> version.id().equals(id)) && versions.isEmpty()) {
                keys.remove(key);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "4, true", "5, true", "6, true"})
    void s3_does_what_the_model_does(long seed, boolean kept) {
        System.out.println("seed " + seed);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var model = new Model();
        var aws = start(kept);
        try {
            var clients = new Clients(aws);
            clients.s3().createBucket(create -> create.bucket("lake"));
            for (int i = 0; i < 240; i++) {
                step(random, clients.s3(), model, i);
                if (kept && random.nextInt(60) == 0) {
                    clients.close();
                    aws.close();
                    aws = start(true);
                    clients = new Clients(aws);
                }
                if (i % 20 == 19) {
                    compare(clients.s3(), model, random);
                }
            }
            clients.close();
        } finally {
            aws.close();
        }
    }

    private EmbeddedAws start(boolean kept) {
        var builder = EmbeddedAws.builder();
        return kept ? builder.folder(folder).start() : builder.start();
    }

    private static void step(RandomGenerator random, S3Client s3, Model model, int number) {
        var key = KEYS.get(random.nextInt(KEYS.size()));
        var content = "content " + number;
        switch (random.nextInt(11)) {
            case 0, 1, 2 -> {
                var put = s3.putObject(ask -> ask.bucket("lake").key(key), RequestBody.fromString(content));
                model.add(key, new Modelled(id(put.versionId()), false, content, put.eTag()));
            }
            case 3 -> {
                boolean holds = model.current(key) == null;
                int status = status(() -> {
                    var put = s3.putObject(
                            ask -> ask.bucket("lake").key(key).ifNoneMatch("*"), RequestBody.fromString(content));
                    model.add(key, new Modelled(id(put.versionId()), false, content, put.eTag()));
                });
                assertThat(status).isEqualTo(holds ? 200 : 412);
            }
            case 4 -> {
                var current = model.current(key);
                var etag = random.nextBoolean() && current != null ? current.etag() : "\"other\"";
                int status = status(() -> {
                    var put = s3.putObject(
                            ask -> ask.bucket("lake").key(key).ifMatch(etag), RequestBody.fromString(content));
                    model.add(key, new Modelled(id(put.versionId()), false, content, put.eTag()));
                });
                assertThat(status)
                        .isEqualTo(current == null ? 404 : current.etag().equals(etag) ? 200 : 412);
            }
            case 5, 6 -> {
                var deleted = s3.deleteObject(ask -> ask.bucket("lake").key(key));
                if (model.versioning.isEmpty()) {
                    model.keys.remove(key);
                } else {
                    model.add(key, new Modelled(id(deleted.versionId()), true, "", ""));
                }
            }
            case 7 -> {
                var versions = model.keys.get(key);
                if (versions != null) {
                    var version = versions.get(random.nextInt(versions.size()));
                    s3.deleteObject(ask -> ask.bucket("lake").key(key).versionId(version.id()));
                    model.remove(key, version.id());
                }
            }
            case 8 -> {
                var to = KEYS.get(random.nextInt(KEYS.size()));
                var current = model.current(key);
                if (current != null && !to.equals(key)) {
                    var copy = s3.copyObject(ask -> ask.sourceBucket("lake")
                            .sourceKey(key)
                            .destinationBucket("lake")
                            .destinationKey(to));
                    model.add(
                            to,
                            new Modelled(
                                    id(copy.versionId()),
                                    false,
                                    current.content(),
                                    copy.copyObjectResult().eTag()));
                }
            }
            case 9 -> {
                var upload = s3.createMultipartUpload(ask -> ask.bucket("lake").key(key))
                        .uploadId();
                var part = s3.uploadPart(
                                ask -> ask.bucket("lake")
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(3),
                                RequestBody.fromString(content))
                        .eTag();
                var completed = s3.completeMultipartUpload(ask -> ask.bucket("lake")
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(list -> list.parts(
                                CompletedPart.builder().partNumber(3).eTag(part).build())));
                model.add(key, new Modelled(id(completed.versionId()), false, content, completed.eTag()));
            }
            default -> {
                var status = random.nextInt(3) == 0 ? "Suspended" : "Enabled";
                if (random.nextInt(4) == 0) {
                    s3.putBucketVersioning(
                            ask -> ask.bucket("lake").versioningConfiguration(config -> config.status(status)));
                    model.versioning = status;
                }
            }
        }
    }

    private static String id(String versionId) {
        return versionId == null ? "null" : versionId;
    }

    private static int status(Runnable call) {
        try {
            call.run();
            return 200;
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }

    private static void compare(S3Client s3, Model model, RandomGenerator random) {
        for (var key : KEYS) {
            var current = model.current(key);
            var found = new ArrayList<String>();
            int status = status(() -> found.add(
                    s3.getObjectAsBytes(ask -> ask.bucket("lake").key(key)).asUtf8String()));
            assertThat(status).as(key).isEqualTo(current == null ? 404 : 200);
            if (current != null) {
                assertThat(found).containsExactly(current.content());
                assertThat(s3.headObject(ask -> ask.bucket("lake").key(key)).eTag())
                        .isEqualTo(current.etag());
            }
            for (var version : model.keys.getOrDefault(key, List.of())) {
                if (!version.marker()) {
                    assertThat(s3.getObjectAsBytes(
                                            ask -> ask.bucket("lake").key(key).versionId(version.id()))
                                    .asUtf8String())
                            .isEqualTo(version.content());
                }
            }
        }
        var prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
        var delimiter = random.nextBoolean() ? "/" : null;
        var keys = new ArrayList<String>();
        var prefixes = new ArrayList<String>();
        model.keys.forEach((key, versions) -> {
            if (key.startsWith(prefix) && model.current(key) != null) {
                int end = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
                if (end < 0) {
                    keys.add(key);
                } else if (!prefixes.contains(key.substring(0, end + 1))) {
                    prefixes.add(key.substring(0, end + 1));
                }
            }
        });
        int size = 1 + random.nextInt(5);
        var pages = s3.listObjectsV2Paginator(ask -> ask.bucket("lake")
                .prefix(prefix)
                .delimiter(delimiter)
                .maxKeys(size)
                .encodingType(EncodingType.URL));
        assertThat(pages.contents().stream().map(object -> object.key())).containsExactlyElementsOf(keys);
        assertThat(pages.commonPrefixes().stream().map(common -> common.prefix()))
                .containsExactlyElementsOf(prefixes);
        var versions = new ArrayList<String>();
        model.keys.forEach((key, all) -> all.forEach(version -> {
            if (!version.marker()) {
                versions.add(key + " " + version.id());
            }
        }));
        assertThat(s3
                        .listObjectVersionsPaginator(
                                ask -> ask.bucket("lake").maxKeys(size).encodingType(EncodingType.URL))
                        .versions()
                        .stream()
                        .map(version -> version.key() + " " + version.versionId()))
                .containsExactlyElementsOf(versions);
    }
}
