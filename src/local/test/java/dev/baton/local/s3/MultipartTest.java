package dev.baton.local.s3;

import static dev.baton.local.s3.Lake.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;

/// Uploads in parts, under a folder.
class MultipartTest {
    static final int PART = 5 << 20;

    @TempDir
    static Path folder;

    static EmbeddedAws aws;
    static Clients clients;
    static S3Client s3;
    static byte[] content;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.builder().folder(folder).start();
        clients = new Clients(aws);
        s3 = clients.s3();
        s3.createBucket(create -> create.bucket("lake"));
        content = new byte[2 * PART + 1_000];
        new Random(7).nextBytes(content);
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    private static byte[] part(int number) {
        return Arrays.copyOfRange(content, (number - 1) * PART, Math.min(content.length, number * PART));
    }

    private static String begin(String key) {
        return s3.createMultipartUpload(create -> create.bucket("lake").key(key).metadata(Map.of("m", "1")))
                .uploadId();
    }

    private static CompletedPart upload(String key, String id, int number, byte[] bytes) {
        var answer = s3.uploadPart(
                put -> put.bucket("lake").key(key).uploadId(id).partNumber(number), RequestBody.fromBytes(bytes));
        return CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build();
    }

    private static void complete(String key, String id, List<CompletedPart> parts) {
        s3.completeMultipartUpload(
                complete -> complete.bucket("lake").key(key).uploadId(id).multipartUpload(list -> list.parts(parts)));
    }

    @Test
    void parts_become_one_object() throws Exception {
        var id = begin("whole");
        var parts = new ArrayList<CompletedPart>();
        for (int number : new int[] {3, 1, 2}) {
            parts.add(upload("whole", id, number, part(number)));
        }
        parts.sort((a, b) -> a.partNumber() - b.partNumber());
        assertThat(s3.listParts(list -> list.bucket("lake").key("whole").uploadId(id))
                        .parts())
                .extracting(part -> part.size())
                .containsExactly((long) PART, (long) PART, 1_000L);
        complete("whole", id, parts);
        var got = s3.getObjectAsBytes(get -> get.bucket("lake").key("whole"));
        assertThat(Arrays.equals(got.asByteArrayUnsafe(), content)).isTrue();
        assertThat(got.response().metadata()).containsEntry("m", "1");
        var md5 = MessageDigest.getInstance("MD5");
        for (int number = 1; number <= 3; number++) {
            md5.update(MessageDigest.getInstance("MD5").digest(part(number)));
        }
        assertThat(got.response().eTag()).isEqualTo("\"" + HexFormat.of().formatHex(md5.digest()) + "-3\"");
        var across = s3.getObjectAsBytes(
                get -> get.bucket("lake").key("whole").range("bytes=" + (PART - 10) + "-" + (2 * PART + 9)));
        assertThat(across.asByteArray()).isEqualTo(Arrays.copyOfRange(content, PART - 10, 2 * PART + 10));
        var second = s3.getObjectAsBytes(get -> get.bucket("lake").key("whole").partNumber(2));
        assertThat(Arrays.equals(second.asByteArray(), part(2))).isTrue();
        assertThat(second.response().partsCount()).isEqualTo(3);
        complete("whole", id, parts);
        var attributes = s3.getObjectAttributes(
                ask -> ask.bucket("lake").key("whole").maxParts(2).objectAttributes(ObjectAttributes.OBJECT_PARTS));
        assertThat(attributes.objectParts().totalPartsCount()).isEqualTo(3);
        assertThat(attributes.objectParts().parts()).hasSize(2);
        assertThat(attributes.objectParts().isTruncated()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "SHA256", "SHA1"})
    void a_composite_checksum_is_that_of_the_parts_checksums(ChecksumAlgorithm algorithm) throws Exception {
        var key = "composite-" + algorithm;
        var id = s3.createMultipartUpload(
                        create -> create.bucket("lake").key(key).checksumAlgorithm(algorithm))
                .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (int i = 1; i <= 2; i++) {
            int number = i;
            var bytes = i == 1 ? part(1) : part(3);
            var answer = s3.uploadPart(
                    put -> put.bucket("lake")
                            .key(key)
                            .uploadId(id)
                            .partNumber(number)
                            .checksumAlgorithm(algorithm),
                    RequestBody.fromBytes(bytes));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.eTag())
                    .checksumCRC32(answer.checksumCRC32())
                    .checksumSHA256(answer.checksumSHA256())
                    .checksumSHA1(answer.checksumSHA1())
                    .build());
        }
        var untold = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.partNumber())
                        .eTag(part.eTag())
                        .build())
                .toList();
        assertThatThrownBy(() -> complete(key, id, untold))
                .hasMessageContaining("The complete request must include the checksum for each part. "
                        + "It was missing for part 1 in the request.");
        complete(key, id, parts);
        var head = s3.headObject(ask -> ask.bucket("lake").key(key).checksumMode(ChecksumMode.ENABLED));
        assertThat(head.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
        if (algorithm == ChecksumAlgorithm.SHA256) {
            var outer = MessageDigest.getInstance("SHA-256");
            outer.update(MessageDigest.getInstance("SHA-256").digest(part(1)));
            outer.update(MessageDigest.getInstance("SHA-256").digest(part(3)));
            assertThat(head.checksumSHA256()).isEqualTo(Base64.getEncoder().encodeToString(outer.digest()) + "-2");
        }
    }

    @Test
    void a_full_object_checksum_is_that_of_all_bytes() {
        var id = s3.createMultipartUpload(create -> create.bucket("lake")
                        .key("full")
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                        .checksumType(ChecksumType.FULL_OBJECT))
                .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (int i = 1; i <= 3; i++) {
            int number = i;
            var answer = s3.uploadPart(
                    put -> put.bucket("lake")
                            .key("full")
                            .uploadId(id)
                            .partNumber(number)
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    RequestBody.fromBytes(part(i)));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.eTag())
                    .checksumCRC32(answer.checksumCRC32())
                    .build());
        }
        refused(
                400,
                "BadDigest",
                () -> s3.completeMultipartUpload(complete -> complete.bucket("lake")
                        .key("full")
                        .uploadId(id)
                        .checksumCRC32("AAAAAA==")
                        .checksumType(ChecksumType.FULL_OBJECT)
                        .multipartUpload(list -> list.parts(parts))));
        complete("full", id, parts);
        var running = dev.baton.local.s3.ChecksumAlgorithm.CRC32.start();
        running.update(content, 0, content.length);
        assertThat(s3.headObject(ask -> ask.bucket("lake").key("full").checksumMode(ChecksumMode.ENABLED))
                        .checksumCRC32())
                .isEqualTo(Base64.getEncoder().encodeToString(running.digest()));
    }

    @Test
    void wrong_lists_of_parts_are_refused_and_the_upload_goes_on() {
        var id = begin("refused");
        var small = upload("refused", id, 1, "small".getBytes());
        var large = upload("refused", id, 2, part(1));
        refused(400, "EntityTooSmall", () -> complete("refused", id, List.of(small, large)));
        refused(400, "InvalidPartOrder", () -> complete("refused", id, List.of(large, small)));
        refused(
                400,
                "InvalidPart",
                () -> complete(
                        "refused",
                        id,
                        List.of(CompletedPart.builder()
                                .partNumber(1)
                                .eTag(large.eTag())
                                .build())));
        refused(
                400,
                "InvalidPart",
                () -> complete(
                        "refused",
                        id,
                        List.of(CompletedPart.builder()
                                .partNumber(9)
                                .eTag(large.eTag())
                                .build())));
        refused(400, "MalformedXML", () -> complete("refused", id, List.of()));
        refused(400, "InvalidArgument", () -> upload("refused", id, 10_001, new byte[1]));
        refused(400, "InvalidArgument", () -> upload("refused", id, 0, new byte[1]));
        refused(404, "NoSuchUpload", () -> upload("another key", id, 1, new byte[1]));
        complete("refused", id, List.of(large));
        assertThat(s3.headObject(head -> head.bucket("lake").key("refused")).contentLength())
                .isEqualTo(PART);
    }

    @Test
    void an_aborted_upload_is_gone() {
        var id = begin("aborted");
        upload("aborted", id, 1, part(1));
        assertThat(s3.listMultipartUploads(list -> list.bucket("lake").prefix("aborted"))
                        .uploads())
                .extracting(MultipartUpload::uploadId)
                .containsExactly(id);
        s3.abortMultipartUpload(abort -> abort.bucket("lake").key("aborted").uploadId(id));
        assertThat(s3.listMultipartUploads(list -> list.bucket("lake").prefix("aborted"))
                        .uploads())
                .isEmpty();
        refused(404, "NoSuchUpload", () -> upload("aborted", id, 1, new byte[1]));
    }

    @Test
    void parts_are_copied_from_objects() {
        s3.putObject(put -> put.bucket("lake").key("source"), RequestBody.fromBytes(content));
        var id = begin("copied");
        var parts = new ArrayList<CompletedPart>();
        for (int i = 1; i <= 2; i++) {
            int number = i;
            var range = i == 1 ? "bytes=0-" + (PART - 1) : "bytes=" + PART + "-" + (content.length - 1);
            var answer = s3.uploadPartCopy(copy -> copy.sourceBucket("lake")
                    .sourceKey("source")
                    .copySourceRange(range)
                    .destinationBucket("lake")
                    .destinationKey("copied")
                    .uploadId(id)
                    .partNumber(number));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.copyPartResult().eTag())
                    .build());
        }
        complete("copied", id, parts);
        assertThat(Arrays.equals(
                        s3.getObjectAsBytes(get -> get.bucket("lake").key("copied"))
                                .asByteArrayUnsafe(),
                        content))
                .isTrue();
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("copied")
                .destinationBucket("lake")
                .destinationKey("copied again"));
        assertThat(s3.headObject(head -> head.bucket("lake").key("copied again"))
                        .eTag())
                .doesNotContain("-");
    }

    @Test
    void completion_holds_to_conditions() {
        var id = begin("conditional");
        var part = upload("conditional", id, 1, "x".getBytes());
        s3.putObject(put -> put.bucket("lake").key("conditional"), RequestBody.fromString("first"));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.completeMultipartUpload(complete -> complete.bucket("lake")
                        .key("conditional")
                        .uploadId(id)
                        .ifNoneMatch("*")
                        .multipartUpload(list -> list.parts(part))));
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key("conditional"))
                        .asUtf8String())
                .isEqualTo("first");
    }

    /// The checksum of the whole, by another way than the server's, which only sees those of the parts.
    private static String whole(ChecksumAlgorithm algorithm) throws Exception {
        var bytes = new ByteArrayOutputStream();
        if (algorithm == ChecksumAlgorithm.SHA256) {
            for (int number = 1; number <= 3; number++) {
                bytes.writeBytes(MessageDigest.getInstance("SHA-256").digest(part(number)));
            }
            return Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()))
                    + "-3";
        }
        return crc(algorithm, content);
    }

    private static String crc(ChecksumAlgorithm algorithm, byte[] bytes) {
        var running =
                dev.baton.local.s3.ChecksumAlgorithm.of(algorithm.toString()).start();
        running.update(bytes, 0, bytes.length);
        return Base64.getEncoder().encodeToString(running.digest());
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "CRC64_NVME", "SHA256"})
    void the_checksum_of_the_whole_is_compared_with_that_of_its_parts(ChecksumAlgorithm algorithm) throws Exception {
        var key = "whole/" + algorithm;
        var type = algorithm == ChecksumAlgorithm.SHA256 ? ChecksumType.COMPOSITE : ChecksumType.FULL_OBJECT;
        var id = s3.createMultipartUpload(create -> create.bucket("lake")
                        .key(key)
                        .checksumAlgorithm(algorithm)
                        .checksumType(type))
                .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (int number = 1; number <= 3; number++) {
            int current = number;
            var answer = s3.uploadPart(
                    put -> {
                        put.bucket("lake").key(key).uploadId(id).partNumber(current);
                        if (algorithm == ChecksumAlgorithm.CRC64_NVME) {
                            // The SDK cannot take it without its native library.
                            put.checksumCRC64NVME(crc(algorithm, part(current)));
                        } else {
                            put.checksumAlgorithm(algorithm);
                        }
                    },
                    RequestBody.fromBytes(part(number)));
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.eTag())
                    .checksumCRC32(answer.checksumCRC32())
                    .checksumCRC32C(answer.checksumCRC32C())
                    .checksumCRC64NVME(answer.checksumCRC64NVME())
                    .checksumSHA256(answer.checksumSHA256())
                    .build());
        }
        var right = whole(algorithm);
        var other = (right.charAt(0) == 'A' ? 'B' : 'A') + right.substring(1);
        refused(400, "BadDigest", () -> finish(key, id, parts, algorithm, other));
        var done = finish(key, id, parts, algorithm, right);
        assertThat(List.of(
                        String.valueOf(done.checksumCRC32()),
                        String.valueOf(done.checksumCRC32C()),
                        String.valueOf(done.checksumCRC64NVME()),
                        String.valueOf(done.checksumSHA256())))
                .contains(right);
        assertThat(done.checksumType()).isEqualTo(type);
        assertThat(finish(key, id, parts, algorithm, right).eTag()).as("asked again").isEqualTo(done.eTag());
        refused(400, "InvalidPart", () -> s3.completeMultipartUpload(complete -> complete.bucket("lake")
                .key(key)
                .uploadId(id)
                .multipartUpload(list -> list.parts(
                        parts.getFirst().toBuilder().eTag("\"00\"").build()))));
        s3.deleteObject(delete -> delete.bucket("lake").key(key));
        refused(404, "NoSuchUpload", () -> finish(key, id, parts, algorithm, right));
    }

    private static CompleteMultipartUploadResponse finish(
            String key, String id, List<CompletedPart> parts, ChecksumAlgorithm algorithm, String checksum) {
        return s3.completeMultipartUpload(complete -> {
            complete.bucket("lake").key(key).uploadId(id).multipartUpload(list -> list.parts(parts));
            switch (algorithm) {
                case CRC32 -> complete.checksumCRC32(checksum);
                case CRC32_C -> complete.checksumCRC32C(checksum);
                case CRC64_NVME -> complete.checksumCRC64NVME(checksum);
                default -> complete.checksumSHA256(checksum);
            }
        });
    }
}
