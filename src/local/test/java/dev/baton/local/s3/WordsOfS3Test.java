package dev.baton.local.s3;

import static dev.baton.local.s3.Lake.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.http.RawHttp;
import dev.baton.local.http.RawHttp.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// What a bucket answers about what was never set, and how S3 refuses what it does not do or what is not here.
class WordsOfS3Test {
    static Lake lake;
    static S3Client s3;

    @BeforeAll
    static void start() {
        lake = new Lake();
        s3 = lake.s3();
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    private static Answer answer(String method, String target, String... headers) throws IOException {
        return answerTo(method, target, new byte[0], headers);
    }

    private static Answer answerTo(String method, String target, byte[] body, String... headers) throws IOException {
        var named = new LinkedHashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], headers[i + 1]);
        }
        var request = lake.signing().sign(method, target, named, body);
        try (var http = new RawHttp(lake.endpoint())) {
            return http.send(request.bytes()).answer(method.equals("HEAD"));
        }
    }

    @Test
    void a_new_bucket_shows_its_defaults() {
        s3.createBucket(create -> create.bucket("fresh"));
        var block = s3.getPublicAccessBlock(get -> get.bucket("fresh")).publicAccessBlockConfiguration();
        assertThat(block.blockPublicAcls()).isTrue();
        assertThat(block.ignorePublicAcls()).isTrue();
        assertThat(block.blockPublicPolicy()).isTrue();
        assertThat(block.restrictPublicBuckets()).isTrue();
        assertThat(s3.getBucketOwnershipControls(get -> get.bucket("fresh"))
                        .ownershipControls()
                        .rules())
                .extracting(rule -> rule.objectOwnership())
                .containsExactly(ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(s3.getBucketEncryption(get -> get.bucket("fresh"))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .getFirst()
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm())
                .isEqualTo(ServerSideEncryption.AES256);
    }

    @Test
    void public_access_that_is_no_longer_blocked_may_be_granted() {
        s3.createBucket(create -> create.bucket("open"));
        var policy = """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:::open/*"}}""";
        refused(403, "AccessDenied", () -> s3.putBucketPolicy(put -> put.bucket("open").policy(policy)));
        s3.deletePublicAccessBlock(delete -> delete.bucket("open"));
        s3.putBucketPolicy(put -> put.bucket("open").policy(policy));
        refused(
                404,
                "NoSuchPublicAccessBlockConfiguration",
                () -> s3.getPublicAccessBlock(get -> get.bucket("open")));
    }

    @ParameterizedTest
    @CsvSource({
        "cors,404,NoSuchCORSConfiguration",
        "lifecycle,404,NoSuchLifecycleConfiguration",
        "replication,404,ReplicationConfigurationNotFoundError",
        "website,404,NoSuchWebsiteConfiguration",
        "accelerate,200,''",
        "requestPayment,200,''"
    })
    void what_was_never_set_is_not_there_and_cannot_be_set(String setting, int status, String code)
            throws IOException {
        var read = answer("GET", "/lake?" + setting);
        assertThat(read.status()).isEqualTo(status);
        assertThat(read.code()).isEqualTo(code);
        var written = answer("PUT", "/lake?" + setting);
        assertThat(written.status()).isEqualTo(501);
        assertThat(written.code()).isEqualTo("NotImplemented");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/lake?abac",
        "PUT,/lake?abac",
        "PUT,/never?inventedTomorrow",
        "GET,/lake?inventedTomorrow",
        "PUT,/lake/k?inventedTomorrow",
        "DELETE,/lake/k?inventedTomorrow",
        "POST,/lake?metadataInventoryTable",
        "PUT,/lake/k?encryption",
        "POST,/lake/k?restore"
    })
    void what_a_bucket_or_object_is_asked_about_and_nobody_knows_is_not_implemented(String method, String target)
            throws IOException {
        var refused = answer(method, target);
        assertThat(refused.status()).isEqualTo(501);
        assertThat(refused.code()).isEqualTo("NotImplemented");
    }

    @Test
    void grants_are_refused_as_a_bucket_without_acls_refuses_them() throws IOException {
        lake.put("granted", "x");
        Map.of("/lake?acl", "x-amz-acl", "/lake/granted?acl", "x-amz-grant-read").forEach((target, header) -> {
            try {
                var refused = answer("PUT", target, header, "public-read");
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.code()).isEqualTo("AccessControlListNotSupported");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        refused(
                400,
                "AccessControlListNotSupported",
                () -> s3.putObject(put -> put.bucket("lake").key("g").grantRead("id=1"), RequestBody.empty()));
    }

    @Test
    void a_bucket_is_not_made_as_something_that_it_would_not_be() {
        Map.<String, Consumer<CreateBucketRequest.Builder>>of(
                        "InvalidBucketAclWithObjectOwnership", create -> create.acl("public-read"),
                        "NotImplemented", create -> create.objectOwnership(ObjectOwnership.OBJECT_WRITER),
                        "IllegalLocationConstraintException",
                                create -> create.createBucketConfiguration(c -> c.locationConstraint("eu-west-1")),
                        "InvalidLocationConstraint",
                                create -> create.createBucketConfiguration(c -> c.locationConstraint("mars")))
                .forEach((code, change) -> refused(
                        code.equals("NotImplemented") ? 501 : 400,
                        code,
                        () -> s3.createBucket(create -> change.accept(create.bucket("never")))));
        assertThat(s3.listBuckets().buckets()).extracting(bucket -> bucket.name()).doesNotContain("never");
        s3.createBucket(create -> create.bucket("tagged")
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .createBucketConfiguration(c -> c.tags(tag -> tag.key("a").value("b"))));
        assertThat(s3.getBucketTagging(get -> get.bucket("tagged")).tagSet())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("a=b");
    }

    @Test
    void a_browser_that_asks_first_hears_that_there_is_no_cors() throws IOException {
        try (var http = new RawHttp(lake.endpoint())) {
            var answer = http.send("OPTIONS /lake/k HTTP/1.1\r\nHost: localhost\r\nOrigin: http://a.example\r\n"
                            + "Access-Control-Request-Method: PUT\r\nContent-Length: 0\r\n\r\n")
                    .answer(false);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("AccessForbidden");
        }
    }

    @Test
    void an_answer_that_nothing_changed_has_the_etag() throws IOException {
        var etag = lake.put("same", "x");
        var answer = answer("GET", "/lake/same", "If-None-Match", etag);
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.headers()).containsEntry("etag", etag).containsKey("last-modified");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void what_is_archived_is_not_read_until_it_is_restored() {
        s3.putObject(put -> put.bucket("lake").key("cold").storageClass("GLACIER"), RequestBody.fromString("x"));
        assertThat(s3.headObject(head -> head.bucket("lake").key("cold")).storageClassAsString())
                .isEqualTo("GLACIER");
        refused(403, "InvalidObjectState", () -> s3.getObjectAsBytes(get -> get.bucket("lake").key("cold")));
        refused(
                403,
                "InvalidObjectState",
                () -> s3.copyObject(copy -> copy.sourceBucket("lake")
                        .sourceKey("cold")
                        .destinationBucket("lake")
                        .destinationKey("warm")));
    }

    @Test
    void a_copy_leads_to_where_its_own_request_says() {
        s3.putObject(
                put -> put.bucket("lake").key("from").websiteRedirectLocation("/old").metadata(Map.of("m", "1")),
                RequestBody.fromString("x"));
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("from")
                .destinationBucket("lake")
                .destinationKey("to"));
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("from")
                .destinationBucket("lake")
                .destinationKey("from")
                .metadataDirective(MetadataDirective.COPY)
                .websiteRedirectLocation("/new"));
        assertThat(s3.headObject(head -> head.bucket("lake").key("to")).websiteRedirectLocation()).isNull();
        var inPlace = s3.headObject(head -> head.bucket("lake").key("from"));
        assertThat(inPlace.websiteRedirectLocation()).isEqualTo("/new");
        assertThat(inPlace.metadata()).isEqualTo(Map.of("m", "1"));
    }

    /// SDKs move headers into the query, checksums of nothing among them.
    @Test
    void a_presigned_url_carries_what_is_said_about_the_object() throws IOException {
        var request = lake.signing()
                .presigned(Duration.ofMinutes(5))
                .sign(
                        "PUT",
                        "/lake/signed?x-amz-meta-a=b&x-amz-storage-class=STANDARD_IA&x-amz-tagging=t%3D1"
                                + "&x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32",
                        Map.of(),
                        new byte[0]);
        request.body = new byte[] {'x'};
        try (var http = new RawHttp(lake.endpoint())) {
            assertThat(http.send(request.bytes()).answer(false).status()).isEqualTo(200);
        }
        var read = s3.headObject(head -> head.bucket("lake").key("signed"));
        assertThat(read.metadata()).isEqualTo(Map.of("a", "b"));
        assertThat(read.storageClassAsString()).isEqualTo("STANDARD_IA");
        assertThat(s3.getObjectTagging(get -> get.bucket("lake").key("signed")).tagSet())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("t=1");
    }

    @Test
    void an_encoding_is_kept_as_it_was_said_but_for_that_of_the_wire() throws IOException {
        answerTo("PUT", "/lake/coded", new byte[1], "Content-Encoding", "gzip, br");
        assertThat(answer("HEAD", "/lake/coded").headers()).containsEntry("content-encoding", "gzip, br");
        answerTo("PUT", "/lake/coded", new byte[1], "Content-Encoding", "gzip, aws-chunked");
        assertThat(answer("HEAD", "/lake/coded").headers()).containsEntry("content-encoding", "gzip");
    }
}
