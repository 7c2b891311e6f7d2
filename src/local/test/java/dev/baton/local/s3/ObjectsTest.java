package dev.baton.local.s3;

import static dev.baton.local.s3.Lake.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

/// What a bucket does with objects.
class ObjectsTest {
    private static Lake lake;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        lake = new Lake();
        s3 = lake.s3();
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    @Test
    void what_was_put_is_got_with_all_that_was_said_about_it() {
        s3.putObject(
                put -> put.bucket("lake")
                        .key("reports/2012.html")
                        .contentType("text/html; charset=utf-8")
                        .cacheControl("max-age=60")
                        .contentDisposition("attachment; filename=\"r.html\"")
                        .contentLanguage("de")
                        .contentEncoding("gzip")
                        .metadata(Map.of("baton-run", "r1", "Baton-Fingerprint", "f"))
                        .tagging("owner=data&kind=report"),
                RequestBody.fromString("<html>"));
        var got = s3.getObject(get -> get.bucket("lake").key("reports/2012.html"), ResponseTransformer.toBytes());
        assertThat(got.asUtf8String()).isEqualTo("<html>");
        assertThat(got.response().contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(got.response().cacheControl()).isEqualTo("max-age=60");
        assertThat(got.response().contentDisposition()).isEqualTo("attachment; filename=\"r.html\"");
        assertThat(got.response().contentLanguage()).isEqualTo("de");
        assertThat(got.response().contentEncoding()).isEqualTo("gzip");
        assertThat(got.response().metadata()).containsEntry("baton-run", "r1").containsEntry("baton-fingerprint", "f");
        assertThat(got.response().tagCount()).isEqualTo(2);
        assertThat(got.response().serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(got.response().versionId()).isNull();
        var head = s3.headObject(ask -> ask.bucket("lake").key("reports/2012.html"));
        assertThat(head.contentLength()).isEqualTo(6);
        assertThat(head.eTag()).isEqualTo(got.response().eTag());
    }

    @Test
    void the_etag_of_a_plain_object_is_its_md5() {
        assertThat(lake.put("hello", "hello\n")).isEqualTo("\"b1946ac92492d2347c6235b4d2611184\"");
    }

    @Test
    void under_kms_the_etag_is_no_md5_and_differs_each_time() {
        var key = lake.kms().createKey().keyMetadata().arn();
        var first = s3.putObject(
                put -> put.bucket("lake")
                        .key("kms")
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key)
                        .bucketKeyEnabled(true),
                RequestBody.fromString("hello\n"));
        var second = s3.putObject(
                put -> put.bucket("lake").key("kms").serverSideEncryption(ServerSideEncryption.AWS_KMS),
                RequestBody.fromString("hello\n"));
        assertThat(first.eTag())
                .isNotEqualTo("\"b1946ac92492d2347c6235b4d2611184\"")
                .isNotEqualTo(second.eTag());
        assertThat(first.ssekmsKeyId()).isEqualTo(key);
        assertThat(first.bucketKeyEnabled()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "SHA1", "SHA256"})
    void a_checksum_that_the_client_chooses_is_verified_and_kept(ChecksumAlgorithm algorithm) {
        s3.putObject(
                put -> put.bucket("lake").key("sum").checksumAlgorithm(algorithm),
                RequestBody.fromString("some content"));
        var head = s3.headObject(ask -> ask.bucket("lake").key("sum").checksumMode(ChecksumMode.ENABLED));
        var value = switch (algorithm) {
            case CRC32 -> head.checksumCRC32();
            case SHA1 -> head.checksumSHA1();
            case SHA256 -> head.checksumSHA256();
            default -> throw new IllegalArgumentException();
        };
        assertThat(value).isNotEmpty();
        assertThat(head.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
        var listed = s3.listObjectsV2(list -> list.bucket("lake").prefix("sum"))
                .contents()
                .getFirst();
        assertThat(listed.checksumAlgorithm()).containsExactly(algorithm);
    }

    @Test
    void a_wrong_checksum_stores_nothing() {
        refused(
                400,
                "BadDigest",
                () -> s3.putObject(
                        put -> put.bucket("lake")
                                .key("wrong")
                                .checksumSHA256("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
                        RequestBody.fromString("not empty")));
        refused(
                400,
                "BadDigest",
                () -> s3.putObject(
                        put -> put.bucket("lake").key("wrong").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                        RequestBody.fromString("not empty")));
        refused(
                400,
                "InvalidDigest",
                () -> s3.putObject(
                        put -> put.bucket("lake").key("wrong").contentMD5("AAAA"),
                        RequestBody.fromString("not empty")));
        assertThatThrownBy(() -> lake.get("wrong")).isInstanceOf(NoSuchKeyException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=8-, 89, bytes 8-9/10",
        "bytes=-4, 6789, bytes 6-9/10",
        "bytes=-99, 0123456789, bytes 0-9/10",
        "bytes=5-99, 56789, bytes 5-9/10",
        "bytes=9-9, 9, bytes 9-9/10",
        "bytes=3-1, 0123456789, ",
        "lines=1-2, 0123456789, ",
        "'bytes=0-1,4-5', 0123456789, "
    })
    void a_range_is_what_rfc9110_says(String range, String content, String contentRange) {
        lake.put("digits", "0123456789");
        var got = s3.getObject(get -> get.bucket("lake").key("digits").range(range), ResponseTransformer.toBytes());
        assertThat(got.asUtf8String()).isEqualTo(content);
        assertThat(got.response().contentRange()).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-", "bytes=-0", "bytes=99-100"})
    void a_range_behind_the_end_is_refused(String range) {
        lake.put("digits", "0123456789");
        refused(
                416,
                "InvalidRange",
                () -> s3.getObjectAsBytes(
                        get -> get.bucket("lake").key("digits").range(range)));
    }

    @Test
    void writes_hold_to_their_conditions() {
        s3.deleteObject(delete -> delete.bucket("lake").key("cond"));
        refused(
                404,
                "NoSuchKey",
                () -> s3.putObject(
                        put -> put.bucket("lake").key("cond").ifMatch("\"x\""), RequestBody.fromString("1")));
        var first = s3.putObject(put -> put.bucket("lake").key("cond").ifNoneMatch("*"), RequestBody.fromString("1"));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.putObject(
                        put -> put.bucket("lake").key("cond").ifNoneMatch("*"), RequestBody.fromString("2")));
        refused(
                412,
                "PreconditionFailed",
                () -> s3.putObject(
                        put -> put.bucket("lake").key("cond").ifMatch("\"x\""), RequestBody.fromString("2")));
        s3.putObject(put -> put.bucket("lake").key("cond").ifMatch(first.eTag()), RequestBody.fromString("2"));
        assertThat(lake.get("cond")).isEqualTo("2");
        refused(
                501,
                "NotImplemented",
                () -> s3.putObject(
                        put -> put.bucket("lake").key("cond").ifNoneMatch("\"x\""), RequestBody.fromString("2")));
    }

    @Test
    void deletes_hold_to_their_conditions() {
        refused(404, "NoSuchKey", () -> delete("gone", "*"));
        refused(404, "NoSuchKey", () -> delete("gone", "\"x\""));
        var etag = lake.put("cond", "1");
        refused(412, "PreconditionFailed", () -> delete("cond", "\"x\""));
        delete("cond", etag);
        lake.put("cond", "2");
        delete("cond", "*");
        refused(404, "NoSuchKey", () -> lake.get("cond"));
    }

    private static void delete(String key, String ifMatch) {
        s3.deleteObject(delete -> delete.bucket("lake").key(key).ifMatch(ifMatch));
    }

    @Test
    void reads_hold_to_their_conditions() {
        var etag = lake.put("read", "1");
        var modified = s3.headObject(ask -> ask.bucket("lake").key("read")).lastModified();
        refused(
                412,
                "PreconditionFailed",
                () -> s3.getObjectAsBytes(get -> get.bucket("lake").key("read").ifMatch("\"x\"")));
        assertThatThrownBy(() -> s3.getObjectAsBytes(
                        get -> get.bucket("lake").key("read").ifNoneMatch(etag)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
        assertThatThrownBy(() ->
                        s3.headObject(ask -> ask.bucket("lake").key("read").ifModifiedSince(modified)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
        assertThatThrownBy(() -> s3.headObject(
                        ask -> ask.bucket("lake").key("read").ifUnmodifiedSince(modified.minusSeconds(1))))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake")
                                .key("read")
                                .ifMatch(etag)
                                .ifUnmodifiedSince(modified.minusSeconds(1)))
                        .asUtf8String())
                .isEqualTo("1");
    }

    @Test
    void many_are_deleted_at_once() {
        lake.put("many/1", "1");
        lake.put("many/2 & <3>", "2");
        var answer = s3.deleteObjects(delete -> delete.bucket("lake")
                .delete(objects -> objects.objects(
                        ObjectIdentifier.builder().key("many/1").build(),
                        ObjectIdentifier.builder().key("many/2 & <3>").build(),
                        ObjectIdentifier.builder().key("many/never").build())));
        assertThat(answer.deleted()).hasSize(3);
        assertThat(answer.errors()).isEmpty();
        assertThat(s3.listObjectsV2(list -> list.bucket("lake").prefix("many/")).keyCount())
                .isZero();
    }

    @Test
    void a_batch_that_the_wire_could_have_spoiled_deletes_nothing() throws Exception {
        lake.put("many/kept", "1");
        var signing = lake.signing();
        var document = "<Delete><Object><Key>many/kept</Key></Object></Delete>";
        var refused = signing.send("POST", "/lake?delete=", Map.of(), document);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("Missing required header for this request: Content-MD5");
        assertThat(lake.get("many/kept")).isEqualTo("1");
        var md5 = java.util.Base64.getEncoder()
                .encodeToString(java.security.MessageDigest.getInstance("MD5").digest(document.getBytes()));
        assertThat(signing.send("POST", "/lake?delete=", Map.of("Content-MD5", md5), document)
                        .status())
                .isEqualTo(200);
        refused(404, "NoSuchKey", () -> lake.get("many/kept"));
    }

    @Test
    void what_is_not_there_is_said_in_s3s_words() {
        refused(404, "NoSuchKey", () -> lake.get("never"));
        refused(
                404,
                "NoSuchBucket",
                () -> s3.getObjectAsBytes(get -> get.bucket("no-such-lake").key("k")));
        refused(404, "NoSuchBucket", () -> s3.listObjectsV2(list -> list.bucket("no-such-lake")));
        refused(
                404,
                "NoSuchVersion",
                () -> s3.getObjectAsBytes(get -> get.bucket("lake").key("never").versionId("v")));
        refused(
                404,
                "NoSuchUpload",
                () -> s3.abortMultipartUpload(
                        abort -> abort.bucket("lake").key("k").uploadId("u")));
        refused(404, "NoSuchBucketPolicy", () -> s3.getBucketPolicy(get -> get.bucket("lake")));
        refused(404, "NoSuchTagSet", () -> s3.getBucketTagging(get -> get.bucket("lake")));
    }

    @Test
    void what_is_not_implemented_is_refused_and_touches_nothing() {
        lake.put("kept", "content");
        refused(
                501,
                "NotImplemented",
                () -> s3.putObjectRetention(
                        put -> put.bucket("lake").key("kept").retention(retention -> retention.mode("GOVERNANCE"))));
        refused(
                501,
                "NotImplemented",
                () -> s3.restoreObject(
                        restore -> restore.bucket("lake").key("kept").restoreRequest(request -> request.days(1))));
        refused(501, "NotImplemented", () -> s3.getObjectTorrent(ask -> ask.bucket("lake").key("kept")));
        refused(
                400,
                "AccessControlListNotSupported",
                () -> s3.putObjectAcl(put -> put.bucket("lake").key("kept").acl("public-read")));
        assertThat(lake.get("kept")).isEqualTo("content");
    }

    @Test
    void metadata_is_limited_to_two_kilobytes() {
        s3.putObject(
                put -> put.bucket("lake").key("meta").metadata(Map.of("a", "x".repeat(2047))), RequestBody.empty());
        refused(
                400,
                "MetadataTooLarge",
                () -> s3.putObject(
                        put -> put.bucket("lake").key("meta").metadata(Map.of("a", "x".repeat(2048))),
                        RequestBody.empty()));
    }

    @Test
    void attributes_are_those_asked_for() {
        s3.putObject(
                put -> put.bucket("lake").key("attributes").checksumAlgorithm(ChecksumAlgorithm.CRC32),
                RequestBody.fromString("12345"));
        var attributes = s3.getObjectAttributes(ask -> ask.bucket("lake")
                .key("attributes")
                .objectAttributes(
                        ObjectAttributes.E_TAG,
                        ObjectAttributes.OBJECT_SIZE,
                        ObjectAttributes.CHECKSUM,
                        ObjectAttributes.STORAGE_CLASS));
        assertThat(attributes.objectSize()).isEqualTo(5);
        assertThat(attributes.eTag()).isEqualTo("827ccb0eea8a706c4c34a16891f84e7b");
        assertThat(attributes.checksum().checksumCRC32()).isNotEmpty();
        assertThat(attributes.objectParts()).isNull();
    }

    @Test
    void tags_are_read_written_and_removed() {
        lake.put("tagged", "1");
        s3.putObjectTagging(put -> put.bucket("lake")
                .key("tagged")
                .tagging(tags -> tags.tagSet(List.of(
                        Tag.builder().key("a").value("1").build(),
                        Tag.builder().key("b").value("<&>").build()))));
        assertThat(s3.getObjectTagging(get -> get.bucket("lake").key("tagged")).tagSet())
                .extracting(Tag::value)
                .containsExactly("1", "<&>");
        s3.deleteObjectTagging(delete -> delete.bucket("lake").key("tagged"));
        assertThat(s3.getObjectTagging(get -> get.bucket("lake").key("tagged")).tagSet())
                .isEmpty();
        refused(
                400,
                "InvalidTag",
                () -> s3.putObject(put -> put.bucket("lake").key("tagged").tagging("aws:x=1"), RequestBody.empty()));
    }

    @Test
    void large_content_comes_back_byte_for_byte() {
        var bytes = new byte[20 << 20];
        new Random(1).nextBytes(bytes);
        s3.putObject(put -> put.bucket("lake").key("large"), RequestBody.fromBytes(bytes));
        var got = s3.getObjectAsBytes(get -> get.bucket("lake").key("large")).asByteArrayUnsafe();
        assertThat(Arrays.equals(got, bytes)).isTrue();
        var some = s3.getObjectAsBytes(get -> get.bucket("lake").key("large").range("bytes=10000000-10000999"))
                .asByteArrayUnsafe();
        assertThat(some).isEqualTo(Arrays.copyOfRange(bytes, 10_000_000, 10_001_000));
    }

    @Test
    void buckets_hold_to_their_rules() {
        s3.createBucket(create -> create.bucket("full"));
        s3.putObject(put -> put.bucket("full").key("k"), RequestBody.empty());
        refused(409, "BucketNotEmpty", () -> s3.deleteBucket(delete -> delete.bucket("full")));
        s3.deleteObject(delete -> delete.bucket("full").key("k"));
        s3.deleteBucket(delete -> delete.bucket("full"));
        assertThat(s3.listBuckets().buckets()).noneMatch(bucket -> bucket.name().equals("full"));
        for (var name : List.of(
                "xn--lake", "sthree-lake", "amzn-s3-demo-lake", "lake-s3alias", "lake--ol-s3", "lake.mrap",
                "lake--table-s3")) {
            refused(400, "InvalidBucketName", () -> s3.createBucket(create -> create.bucket(name)));
        }
        assertThat(s3.getBucketVersioning(ask -> ask.bucket("lake")).status()).isNull();
        refused(
                400,
                "MalformedXML",
                () -> s3.putBucketVersioning(
                        put -> put.bucket("lake").versioningConfiguration(config -> config.status("Sometimes"))));
    }
}
