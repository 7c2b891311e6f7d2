package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.RecordedEvents;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/// Uploads by forms, as browsers send them.
class PostFormTest {
    private static final String BOUNDARY = "----Browser4711";
    static final RecordedEvents EVENTS = new RecordedEvents();
    static EmbeddedAws aws;
    static Clients clients;
    static S3Client s3;

    @BeforeAll
    static void start() {
        aws = EVENTS.taking(EmbeddedAws.builder()).start();
        clients = new Clients(aws);
        s3 = clients.s3();
        s3.createBucket(create -> create.bucket("lake"));
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    /// A form that its owner signs, one field after the other.
    private static final class Form {
        final Map<String, String> fields = new LinkedHashMap<>();
        final List<Object> conditions = new ArrayList<>();
        Instant expiration = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        String fileName = "report.csv";
        String path = "/lake";
        String host = "127.0.0.1";
        byte[] file = "a,b\r\n--x\r\n".getBytes(StandardCharsets.UTF_8);

        /// A field, and the condition that it is what it is.
        Form with(String name, String value) {
            fields.put(name, value);
            conditions.add(Map.of(name, value));
            return this;
        }

        Form condition(Object... condition) {
            conditions.add(condition.length == 1 ? condition[0] : List.of(condition));
            return this;
        }

        String policy() {
            var policy = Json.bytes(Map.of("expiration", expiration.toString(), "conditions", conditions));
            return Base64.getEncoder().encodeToString(policy);
        }

        Form signed() {
            return signed(aws.administrator(), "us-east-1");
        }

        Form signed(AccessKey by, String region) {
            var date = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                    .withZone(ZoneOffset.UTC)
                    .format(Instant.now());
            var day = date.substring(0, 8);
            with("x-amz-algorithm", "AWS4-HMAC-SHA256");
            with("x-amz-credential", by.accessKeyId() + "/" + day + "/" + region + "/s3/aws4_request");
            with("x-amz-date", date);
            fields.put("policy", policy());
            var key = ("AWS4" + by.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
            for (var part : List.of(day, region, "s3", "aws4_request")) {
                key = hmac("HmacSHA256", key, part);
            }
            fields.put("x-amz-signature", HexFormat.of().formatHex(hmac("HmacSHA256", key, policy())));
            return this;
        }

        Form signedByVersion2() {
            fields.put("AWSAccessKeyId", aws.administrator().accessKeyId());
            fields.put("policy", policy());
            var key = aws.administrator().secretAccessKey().getBytes(StandardCharsets.UTF_8);
            fields.put("signature", Base64.getEncoder().encodeToString(hmac("HmacSHA1", key, policy())));
            return this;
        }

        private static byte[] hmac(String algorithm, byte[] key, String message) {
            try {
                var mac = Mac.getInstance(algorithm);
                mac.init(new SecretKeySpec(key, algorithm));
                return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        byte[] body() {
            var body = new ByteArrayOutputStream();
            fields.forEach((name, value) -> body.writeBytes(("--" + BOUNDARY
                            + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                    .getBytes(StandardCharsets.UTF_8)));
            if (file != null) {
                body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                                + fileName + "\"\r\nContent-Type: text/plain\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                body.writeBytes(file);
                body.writeBytes(
                        ("\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nok\r\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
            body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
            return body.toByteArray();
        }

        RawHttp.Answer send() throws IOException {
            try (var http = new RawHttp(aws.endpoint())) {
                var body = body();
                http.send("POST " + path + " HTTP/1.1\r\nHost: " + host
                        + "\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n");
                return http.send(body).answer();
            }
        }
    }

    private static Form form(String key) {
        return new Form().condition(Map.of("bucket", "lake")).with("key", key);
    }

    private static String content(String key) {
        return s3.getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String();
    }

    @Test
    void an_upload_by_a_form_is_an_object_with_all_that_the_form_says_and_is_told_as_such() throws Exception {
        s3.putBucketNotificationConfiguration(put ->
                put.bucket("lake").notificationConfiguration(config -> config.eventBridgeConfiguration(bridge -> {})));
        var answer = new Form()
                .condition("starts-with", "$key", "landing/")
                .condition("content-length-range", 1, 10)
                .condition(Map.of("bucket", "lake"))
                .with("Content-Type", "text/csv")
                .with("x-amz-meta-Author", "Zoë")
                .with("tagging", "<Tagging><TagSet><Tag><Key>k</Key><Value>v w</Value></Tag></TagSet></Tagging>")
                .with("x-amz-storage-class", "STANDARD_IA")
                .with("x-amz-checksum-crc32", crc32("a,b\r\n--x\r\n"));
        answer.fields.put("key", "landing/${filename}");
        answer.fileName = "C:\\My Files\\report.csv";
        var sent = answer.signed().send();
        s3.putBucketNotificationConfiguration(put -> put.bucket("lake").notificationConfiguration(config -> {}));
        assertThat(sent.status()).as(sent.text()).isEqualTo(204);
        assertThat(sent.headers())
                .containsEntry("location", "http://127.0.0.1/lake/landing/report.csv")
                .containsKey("etag");
        var read = s3.getObjectAsBytes(get -> get.bucket("lake").key("landing/report.csv"));
        assertThat(read.asUtf8String()).isEqualTo("a,b\r\n--x\r\n");
        assertThat(read.response().contentType()).isEqualTo("text/csv");
        assertThat(read.response().storageClassAsString()).isEqualTo("STANDARD_IA");
        assertThat(read.response().metadata()).containsKey("author");
        assertThat(s3.getObjectTagging(get -> get.bucket("lake").key("landing/report.csv"))
                        .tagSet())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("k=v w");
        var event = EVENTS.next();
        assertThat(event).containsEntry("detail-type", "Object Created");
        assertThat((Map<?, ?>) event.get("detail")).isEqualTo(detail(event, "PostObject"));
    }

    private static Map<?, ?> detail(Map<String, Object> event, String reason) {
        var detail = new LinkedHashMap<Object, Object>((Map<?, ?>) event.get("detail"));
        detail.put("reason", reason);
        return detail;
    }

    private static String crc32(String text) {
        var crc = new java.util.zip.CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(String.format("%08x", crc.getValue())));
    }

    @Test
    void the_form_says_how_it_is_answered() throws IOException {
        var created =
                form("status").with("success_action_status", "201").signed().send();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text())
                .contains("<PostResponse><Location>http://127.0.0.1/lake/status</Location><Bucket>lake</Bucket>"
                        + "<Key>status</Key><ETag>");
        assertThat(form("status")
                        .with("success_action_status", "200")
                        .signed()
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(form("status")
                        .with("success_action_status", "302")
                        .signed()
                        .send()
                        .status())
                .isEqualTo(204);
        var redirected = form("a b")
                .with("success_action_redirect", "https://example.com/done?x=1")
                .signed()
                .send();
        assertThat(redirected.status()).isEqualTo(303);
        assertThat(redirected.headers().get("location"))
                .startsWith("https://example.com/done?x=1&bucket=lake&key=a%20b&etag=%22");
        assertThat(form("x")
                        .with("success_action_redirect", "nowhere")
                        .signed()
                        .send()
                        .status())
                .isEqualTo(204);
    }

    @Test
    void the_bucket_may_stand_in_the_host_and_the_signature_may_be_of_version_2() throws IOException {
        var form = form("virtual").signedByVersion2();
        form.path = "/";
        form.host = "lake.localhost";
        var answer = form.send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(answer.headers()).containsEntry("location", "http://lake.localhost/virtual");
        assertThat(content("virtual")).isEqualTo("a,b\r\n--x\r\n");
        form.fields.put("signature", "bm90aGluZw==");
        assertThat(form.send().code()).isEqualTo("SignatureDoesNotMatch");
    }

    private static void refused(Form form, int status, String code, String message) throws IOException {
        var answer = form.send();
        assertThat(answer.status() + " " + answer.code() + " " + answer.text())
                .startsWith(status + " " + code + " ")
                .contains("<Message>" + message);
    }

    @Test
    void what_the_policy_does_not_allow_is_refused_in_s3s_words() throws IOException {
        refused(
                form("k").condition("starts-with", "$key", "landing/").signed(),
                403,
                "AccessDenied",
                "Invalid according to Policy: Policy Condition failed: [&quot;starts-with&quot;,&quot;$key&quot;,");
        var extra = form("k").signed();
        extra.fields.put("x-amz-meta-a", "b");
        refused(extra, 403, "AccessDenied", "Invalid according to Policy: Extra input fields: x-amz-meta-a");
        var ignored = form("k").signed();
        ignored.fields.put("x-ignore-a", "b");
        assertThat(ignored.send().status()).isEqualTo(204);
        var late = form("k");
        late.expiration = Instant.now().minusSeconds(1);
        refused(late.signed(), 403, "AccessDenied", "Invalid according to Policy: Policy expired.");
        refused(
                new Form().condition(Map.of("bucket", "other")).with("key", "k").signed(),
                403,
                "AccessDenied",
                "Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;,&quot;$bucket&quot;");
        refused(
                form("k").condition("content-length-range", 0, 3).signed(),
                400,
                "EntityTooLarge",
                "Your proposed upload exceeds the maximum allowed size");
        refused(
                form("k").condition("content-length-range", 11, 20).signed(),
                400,
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size");
        refused(form("k").condition("like", "$key", "x").signed(), 400, "InvalidPolicyDocument", "Invalid Policy: ");
        var changed = form("k").signed();
        changed.fields.put("policy", form("other").policy());
        refused(changed, 403, "SignatureDoesNotMatch", "The request signature we calculated");
        var typed = form("k").condition("starts-with", "$Content-Type", "image/");
        typed.fields.put("Content-Type", "image/png, text/plain");
        refused(typed.signed(), 403, "AccessDenied", "Invalid according to Policy: Policy Condition failed");
    }

    @ParameterizedTest
    @CsvSource({
        "key, InvalidArgument, Bucket POST must contain a field named 'key'.",
        "file, InvalidArgument, POST requires exactly one file upload per request.",
        "end, MalformedPOSTRequest, The body of your POST request is not well-formed multipart/form-data.",
        "policy, InvalidArgument, Bucket POST must contain a field named 'policy'.",
        "size, MaxPostPreDataLengthExceededError, Your POST request fields preceding the upload file were too large.",
    })
    void a_form_that_is_none_is_refused(String broken, String code, String message) throws IOException {
        var form = new Form();
        form.condition("starts-with", "$key", "");
        form.fields.put("key", "k");
        form.signed();
        switch (broken) {
            case "key" -> {
                form.fields.remove("key");
                form.conditions.clear();
                form.signed();
            }
            case "file" -> form.file = null;
            case "policy" -> form.fields.remove("policy");
            case "size" -> form.fields.put("x-ignore-much", "x".repeat(20_480));
            default -> {}
        }
        var body = form.body();
        try (var http = new RawHttp(aws.endpoint())) {
            int length = broken.equals("end") ? body.length - BOUNDARY.length() - 90 : body.length;
            http.send("POST /lake HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY
                    + "\r\nContent-Length: " + length + "\r\n\r\n");
            var answer = http.send(java.util.Arrays.copyOf(body, length)).answer();
            assertThat(answer.code()).as(answer.text()).isEqualTo(code);
            assertThat(answer.text()).contains(message.replace("'", "&apos;").substring(0, 30));
        }
    }

    @Test
    void without_a_signature_a_form_may_what_the_bucket_policy_gives_to_everyone() throws IOException {
        s3.createBucket(create -> create.bucket("dropbox"));
        var form = new Form();
        form.path = "/dropbox";
        form.fields.put("key", "in/x");
        assertThat(form.send().code()).isEqualTo("AccessDenied");
        s3.deletePublicAccessBlock(delete -> delete.bucket("dropbox"));
        s3.putBucketPolicy(put -> put.bucket("dropbox").policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:PutObject",
                 "Resource":"arn:aws:s3:::dropbox/in/*"}]}"""));
        var answer = form.send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        form.fields.put("key", "out/x");
        assertThat(form.send().code()).isEqualTo("AccessDenied");
    }

    @Test
    void whoever_signed_must_be_allowed_to_put_the_object_and_policies_see_that_it_is_a_form() throws IOException {
        var iam = clients.iam();
        iam.createUser(create -> create.userName("uploader"));
        iam.putUserPolicy(put -> put.userName("uploader").policyName("p").policyDocument("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject",
                 "Resource":"arn:aws:s3:::lake/mine/*",
                 "Condition":{"StringEquals":{"s3:authType":"POST","s3:signatureversion":"AWS4-HMAC-SHA256"}}}]}"""));
        var key = iam.createAccessKey(create -> create.userName("uploader")).accessKey();
        var keys = new AccessKey(
                key.accessKeyId(),
                key.secretAccessKey(),
                null,
                aws.administrator().caller());
        assertThat(form("mine/x").signed(keys, "us-east-1").send().status()).isEqualTo(204);
        assertThat(form("yours/x").signed(keys, "us-east-1").send().code()).isEqualTo("AccessDenied");
    }

    @Test
    void a_file_of_many_buffers_arrives_whole_although_it_is_full_of_what_looks_like_its_end() throws IOException {
        var random = new java.util.Random(4711);
        var text = new StringBuilder();
        while (text.length() < 300_000) {
            var like = "\r\n--" + BOUNDARY;
            text.append(like, 0, random.nextInt(like.length())).append("\r".repeat(random.nextInt(3)));
        }
        var form = form("large");
        form.file = text.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(form.signed().send().status()).isEqualTo(204);
        assertThat(content("large")).isEqualTo(text.toString());
    }
}
