package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.RawHttp;
import dev.baton.local.http.Signing;
import dev.baton.local.identity.AccessRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// What policies may ask a request to S3 for: which keys it has, and with which values.
class ConditionKeysTest {
    final List<AccessRequest> asked = Collections.synchronizedList(new ArrayList<>());
    EmbeddedAws aws;
    Clients clients;
    S3Client s3;

    @BeforeEach
    void start() {
        aws = EmbeddedAws.builder()
                .audit((access, decision) -> asked.add(access))
                .start();
        clients = new Clients(aws);
        s3 = clients.s3();
        s3.createBucket(create -> create.bucket("lake"));
        s3.putBucketVersioning(put -> put.bucket("lake").versioningConfiguration(config -> config.status("Enabled")));
        asked.clear();
    }

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    /// Each action with the key's values, in the order in which leave was asked.
    private List<String> asked(String key) {
        var all = asked.stream()
                .map(access -> access.action() + " " + access.context().values(key))
                .toList();
        asked.clear();
        return all;
    }

    private String put(String key) {
        var id = s3.putObject(put -> put.bucket("lake").key(key).tagging("lock=yes"), RequestBody.fromString("1"))
                .versionId();
        asked.clear();
        return id;
    }

    @Test
    void the_tags_of_an_object_neither_keep_it_from_being_overwritten_nor_deleted() {
        var id = put("k");
        s3.getObjectTagging(get -> get.bucket("lake").key("k").versionId(id));
        s3.putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString("2"));
        s3.deleteObject(delete -> delete.bucket("lake").key("k").versionId(id));
        assertThat(asked("s3:existingobjecttag/lock"))
                .containsExactly(
                        "s3:GetObjectVersionTagging [yes]", "s3:PutObject null", "s3:DeleteObjectVersion null");
        put("k");
        s3.createMultipartUpload(create -> create.bucket("lake").key("k"));
        s3.deleteObject(delete -> delete.bucket("lake").key("k"));
        assertThat(asked("s3:existingobjecttag/lock")).containsExactly("s3:PutObject null", "s3:DeleteObject null");
    }

    @Test
    void a_read_is_asked_for_the_tags_of_what_it_reads() {
        put("k");
        s3.getObjectAsBytes(get -> get.bucket("lake").key("k"));
        assertThat(asked("s3:existingobjecttag/lock")).containsExactly("s3:GetObject [yes]");
    }

    @Test
    void only_the_end_of_an_upload_creates_an_object() {
        var id = s3.createMultipartUpload(create -> create.bucket("lake").key("k"))
                .uploadId();
        s3.uploadPart(
                part -> part.bucket("lake").key("k").uploadId(id).partNumber(1), RequestBody.fromString("content"));
        s3.completeMultipartUpload(complete -> complete.bucket("lake")
                .key("k")
                .uploadId(id)
                .multipartUpload(
                        parts -> parts.parts(part -> part.partNumber(1).eTag("9a0364b9e99bb480dd25e1f0284c8555"))));
        s3.putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString("2"));
        s3.copyObject(
                copy -> copy.copySource("lake/k").destinationBucket("lake").destinationKey("copy"));
        assertThat(asked("s3:objectcreationoperation"))
                .containsExactly(
                        "s3:PutObject [false]",
                        "s3:PutObject [false]",
                        "s3:PutObject [true]",
                        "s3:PutObject [true]",
                        "s3:GetObject null",
                        "s3:PutObject [true]");
    }

    @Test
    void a_version_is_named_wherever_the_request_names_it() {
        var id = put("k");
        s3.getObjectAsBytes(get -> get.bucket("lake").key("k").versionId(id));
        s3.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("k")
                .sourceVersionId(id)
                .destinationBucket("lake")
                .destinationKey("copy"));
        s3.deleteObjects(delete -> delete.bucket("lake")
                .delete(objects -> objects.objects(
                        ObjectIdentifier.builder().key("k").versionId(id).build(),
                        ObjectIdentifier.builder().key("other").build())));
        assertThat(asked("s3:versionid"))
                .containsExactly(
                        "s3:GetObjectVersion [" + id + "]",
                        "s3:GetObjectVersion [" + id + "]",
                        "s3:GetObjectVersionTagging [" + id + "]",
                        "s3:PutObject null",
                        "s3:PutObjectTagging null",
                        "s3:DeleteObjectVersion [" + id + "]",
                        "s3:DeleteObject null");
    }

    @Test
    void a_bucket_is_asked_for_in_its_region() {
        Lake.refused(
                400,
                "IllegalLocationConstraintException",
                () -> s3.createBucket(create -> create.bucket("far")
                        .createBucketConfiguration(where -> where.locationConstraint("eu-central-1"))));
        s3.createBucket(create -> create.bucket("near"));
        assertThat(asked("s3:locationconstraint"))
                .containsExactly("s3:CreateBucket [eu-central-1]", "s3:CreateBucket null");
    }

    @Test
    void a_delete_has_its_condition_also_in_a_batch() {
        put("k");
        s3.deleteObjects(delete -> delete.bucket("lake")
                .delete(objects -> objects.objects(
                        ObjectIdentifier.builder().key("k").eTag("*").build(),
                        ObjectIdentifier.builder().key("other").build())));
        assertThat(asked("s3:if-match")).containsExactly("s3:DeleteObject [*]", "s3:DeleteObject null");
        put("k");
        s3.deleteObject(delete -> delete.bucket("lake").key("k").ifMatch("*"));
        assertThat(asked("s3:if-match")).containsExactly("s3:DeleteObject [*]");
    }

    @Test
    void the_way_of_signing_is_told() throws Exception {
        var signing = new Signing(aws.endpoint(), aws.administrator(), "s3");
        put("k");
        assertThat(signing.send("GET", "/lake/k", Map.of(), "").status()).isEqualTo(200);
        assertThat(signing.presigned(Duration.ofMinutes(1))
                        .at(Instant.now().minusSeconds(2))
                        .send("GET", "/lake/k", Map.of(), "")
                        .status())
                .isEqualTo(200);
        assertThat(get(presignedByVersionTwo()).status()).isEqualTo(200);
        s3.putPublicAccessBlock(put -> put.bucket("lake")
                .publicAccessBlockConfiguration(
                        config -> config.blockPublicPolicy(false).restrictPublicBuckets(false)));
        s3.putBucketPolicy(put -> put.bucket("lake").policy("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:::lake/*"}}"""));
        assertThat(get("/lake/k").status()).isEqualTo(200);
        var reads = asked.stream()
                .filter(access -> access.action().equals("s3:GetObject"))
                .toList();
        assertThat(reads)
                .extracting(access -> value(access, "s3:signatureversion"))
                .containsExactly("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256", "AWS", null);
        assertThat(reads)
                .extracting(access -> value(access, "s3:authtype"))
                .containsExactly("REST-HEADER", "REST-QUERY-STRING", "REST-QUERY-STRING", null);
        var ages =
                reads.stream().map(access -> value(access, "s3:signatureage")).toList();
        assertThat(ages.get(0)).isNull();
        assertThat(Long.parseLong(ages.get(1))).isBetween(1_000L, 60_000L);
        assertThat(ages.get(2)).isEqualTo("0");
        assertThat(ages.get(3)).isNull();
    }

    private static @Nullable String value(AccessRequest access, String key) {
        var values = access.context().values(key);
        return values == null ? null : values.getFirst();
    }

    private RawHttp.Answer get(String target) throws IOException {
        try (var http = new RawHttp(aws.endpoint())) {
            return http.send("GET " + target + " HTTP/1.1\r\nHost: "
                            + aws.endpoint().getAuthority() + "\r\n\r\n")
                    .answer();
        }
    }

    private String presignedByVersionTwo() throws Exception {
        long expires = Instant.now().plusSeconds(60).getEpochSecond();
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(aws.administrator().secretAccessKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        var signature = Base64.getEncoder()
                .encodeToString(mac.doFinal(("GET\n\n\n" + expires + "\n/lake/k").getBytes(StandardCharsets.UTF_8)));
        return "/lake/k?AWSAccessKeyId=" + aws.administrator().accessKeyId() + "&Expires=" + expires + "&Signature="
                + URLEncoder.encode(signature, StandardCharsets.UTF_8);
    }

    @Test
    void what_counts_as_plain_http_has_no_version_of_tls() {
        s3.listObjectsV2(list -> list.bucket("lake"));
        assertThat(asked("s3:tlsversion")).containsExactly("s3:ListBucket [1.3]");
        try (var plain = EmbeddedAws.builder().secureTransport(false).start();
                var own = new Clients(plain)) {
            own.s3().createBucket(create -> create.bucket("lake"));
            own.s3().putBucketPolicy(put -> put.bucket("lake").policy("""
                    {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:ListBucket",
                    "Resource":"arn:aws:s3:::lake","Condition":{"NumericLessThan":{"s3:TlsVersion":"1.4"}}}}"""));
            own.s3().listObjectsV2(list -> list.bucket("lake"));
        }
    }
}
