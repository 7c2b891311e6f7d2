package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;

/// Objects under keys of KMS: what callers need, whatever S3 itself allows them.
class EncryptionTest {
    private static final String ACCOUNT = "000000000000";
    private static EmbeddedAws aws;
    private static Clients administrator;
    private static S3Client s3;
    private static KmsClient kms;
    private static int names;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
        administrator = new Clients(aws);
        s3 = administrator.s3();
        kms = administrator.kms();
    }

    @AfterAll
    static void stop() {
        administrator.close();
        aws.close();
    }

    private static String key() {
        return kms.createKey().keyMetadata().arn();
    }

    /// A bucket whose objects are under the key unless their writer says otherwise.
    private static String bucket(String key, boolean bucketKey) {
        var bucket = "bucket-" + names++;
        s3.createBucket(create -> create.bucket(bucket));
        s3.putBucketEncryption(put -> put.bucket(bucket)
                .serverSideEncryptionConfiguration(
                        configuration -> configuration.rules(rule -> rule.bucketKeyEnabled(bucketKey)
                                .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                                        .sseAlgorithm("aws:kms")
                                        .kmsMasterKeyID(key)
                                        .build()))));
        return bucket;
    }

    /// S3 as a role with these statements sees it.
    private static S3Client as(String statements) {
        var name = "role-" + names++;
        var iam = administrator.iam();
        iam.createRole(create -> create.roleName(name).assumeRolePolicyDocument("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"%s"},
                "Action":"sts:AssumeRole"}}""".formatted(ACCOUNT)));
        iam.putRolePolicy(put -> put.roleName(name)
                .policyName("p")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}"));
        var session = administrator
                .sts()
                .assumeRole(assume -> assume.roleArn("arn:aws:iam::" + ACCOUNT + ":role/" + name)
                        .roleSessionName("session"))
                .credentials();
        return new Clients(
                        aws.endpoint(),
                        new AccessKey(
                                session.accessKeyId(),
                                session.secretAccessKey(),
                                session.sessionToken(),
                                Caller.ANONYMOUS))
                .s3();
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    private static String use(String action, String key, String context) {
        return """
                {"Effect":"Allow","Action":"%s","Resource":"%s","Condition":{
                "StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"},
                "StringLike":{"kms:EncryptionContext:aws:s3:arn":"%s"}}}""".formatted(action, key, context);
    }

    private static void put(S3Client by, String bucket, String key) {
        by.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("content"));
    }

    private static String get(S3Client by, String bucket, String key) {
        return by.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
    }

    private static void assertDenied(String action, String key, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(S3Exception.class, refused -> {
                    assertThat(refused.statusCode()).isEqualTo(403);
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                })
                .hasMessageContaining("is not authorized to perform: " + action + " on resource: " + key);
    }

    @Test
    void a_plain_upload_is_under_the_key_of_its_bucket() {
        var key = key();
        var bucket = bucket(key, true);
        var written = s3.putObject(put -> put.bucket(bucket).key("k"), RequestBody.fromString("content"));
        assertThat(written.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(written.ssekmsKeyId()).isEqualTo(key);
        assertThat(written.bucketKeyEnabled()).isTrue();
        var head = s3.headObject(request -> request.bucket(bucket).key("k"));
        assertThat(head.ssekmsKeyId()).isEqualTo(key);

        s3.deleteBucketEncryption(delete -> delete.bucket(bucket));
        var rule = s3.getBucketEncryption(request -> request.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst();
        assertThat(rule.applyServerSideEncryptionByDefault().sseAlgorithm()).isEqualTo(ServerSideEncryption.AES256);
    }

    @ParameterizedTest(name = "bucket key {0}")
    @ValueSource(booleans = {true, false})
    void writing_needs_a_data_key_and_reading_needs_decryption_in_the_name_of_bucket_or_object(boolean bucketKey) {
        var key = key();
        var bucket = bucket(key, bucketKey);
        var arn = "arn:aws:s3:::" + bucket;
        var context = bucketKey ? arn : arn + "/in/*";
        var all = allow("s3:*", "*");
        put(s3, bucket, "in/there");

        var writer = as(all + "," + use("kms:GenerateDataKey", key, context));
        put(writer, bucket, "in/k");
        assertDenied("kms:Decrypt", key, () -> get(writer, bucket, "in/k"));
        var reader = as(all + "," + use("kms:Decrypt", key, context));
        assertThat(get(reader, bucket, "in/there")).isEqualTo("content");
        assertDenied("kms:GenerateDataKey", key, () -> put(reader, bucket, "in/k2"));
        if (bucketKey) {
            put(writer, bucket, "out/k");
        } else {
            assertDenied("kms:GenerateDataKey", key, () -> put(writer, bucket, "out/k"));
        }
        var neither = as(all);
        assertDenied("kms:GenerateDataKey", key, () -> put(neither, bucket, "in/k"));
        assertDenied("kms:Decrypt", key, () -> get(neither, bucket, "in/k"));
    }

    @Test
    void an_upload_in_parts_needs_both() {
        var key = key();
        var bucket = bucket(key, true);
        var all = allow("s3:*", "*");
        var both = as(all + "," + allow("kms:GenerateDataKey", key) + "," + allow("kms:Decrypt", key));
        var one = as(all + "," + allow("kms:GenerateDataKey", key));
        var upload = both.createMultipartUpload(create -> create.bucket(bucket).key("k"));
        assertThat(upload.ssekmsKeyId()).isEqualTo(key);

        assertDenied(
                "kms:Decrypt",
                key,
                () -> one.uploadPart(
                        part -> part.bucket(bucket)
                                .key("k")
                                .uploadId(upload.uploadId())
                                .partNumber(1),
                        RequestBody.fromString("part")));
        var part = both.uploadPart(
                request -> request.bucket(bucket)
                        .key("k")
                        .uploadId(upload.uploadId())
                        .partNumber(1),
                RequestBody.fromString("part"));
        assertDenied(
                "kms:Decrypt",
                key,
                () -> one.completeMultipartUpload(complete -> complete.bucket(bucket)
                        .key("k")
                        .uploadId(upload.uploadId())
                        .multipartUpload(
                                parts -> parts.parts(each -> each.partNumber(1).eTag(part.eTag())))));
        assertDenied(
                "kms:GenerateDataKey",
                key,
                () -> as(all).createMultipartUpload(
                                create -> create.bucket(bucket).key("k")));
    }

    @Test
    void a_key_policy_that_does_not_grant_is_not_made_good_by_the_role() {
        var key = key();
        var bucket = bucket(key, true);
        put(s3, bucket, "k");
        var role = as(allow("s3:*", "*") + "," + allow("kms:*", "*"));
        assertThat(get(role, bucket, "k")).isEqualTo("content");
        kms.putKeyPolicy(put -> put.keyId(key).policy("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*",
                "Principal":{"AWS":"arn:aws:iam::000000000000:user/admin"}}}"""));
        assertThatThrownBy(() -> get(role, bucket, "k"))
                .hasMessageContaining("because no resource-based policy allows the kms:Decrypt action");
        assertThat(get(s3, bucket, "k")).isEqualTo("content");
    }

    @Test
    void a_key_that_cannot_be_used_is_told_as_s3_tells_it() {
        var key = key();
        var bucket = bucket(key, true);
        put(s3, bucket, "k");
        kms.disableKey(disable -> disable.keyId(key));
        assertFails("KMS.DisabledException", key + " is disabled.", () -> put(s3, bucket, "k2"));
        assertFails("KMS.DisabledException", key + " is disabled.", () -> get(s3, bucket, "k"));
        kms.scheduleKeyDeletion(schedule -> schedule.keyId(key));
        assertFails("KMS.KMSInvalidStateException", key + " is pending deletion.", () -> get(s3, bucket, "k"));
        var none = key.substring(0, key.lastIndexOf('/') + 1) + "00000000-0000-0000-0000-000000000000";
        var elsewhere = bucket(none, true);
        assertFails("KMS.NotFoundException", "Key '" + none + "' does not exist", () -> put(s3, elsewhere, "k"));
    }

    private static void assertFails(String code, String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(S3Exception.class, refused -> {
                    assertThat(refused.statusCode()).isEqualTo(400);
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
                })
                .hasMessageContaining(message);
    }

    @Test
    void without_a_key_it_is_aws_own_which_everybody_of_the_account_may_use_through_s3() {
        var bucket = bucket(null, true);
        var nobodySpecial = as(allow("s3:*", "*"));
        put(nobodySpecial, bucket, "k");
        assertThat(get(nobodySpecial, bucket, "k")).isEqualTo("content");
        var own = kms.describeKey(describe -> describe.keyId("alias/aws/s3")).keyMetadata();
        assertThat(own.keyManagerAsString()).isEqualTo("AWS");
        assertThat(s3.headObject(head -> head.bucket(bucket).key("k")).ssekmsKeyId())
                .isEqualTo(own.arn());
    }

    @Test
    void an_alias_is_as_good_as_the_key_it_names() {
        var key = key();
        kms.createAlias(create -> create.aliasName("alias/mine").targetKeyId(key));
        var bucket = bucket("alias/mine", true);
        put(s3, bucket, "k");
        assertThat(s3.headObject(head -> head.bucket(bucket).key("k")).ssekmsKeyId())
                .isEqualTo(key);
    }

    /// Default encryption covers an upload that says nothing; one that asks for something else is refused. A negated
    /// operator also holds for a header that is not there, `IfExists` or not: so it must be there (`Null` false).
    @Test
    void a_policy_may_refuse_another_key_without_refusing_a_plain_upload() {
        var key = key();
        var other = key();
        var bucket = bucket(key, true);
        s3.putBucketPolicy(put -> put.bucket(bucket).policy("""
                {"Version":"2012-10-17","Statement":[
                {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::%1$s/*",
                "Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"},
                "Null":{"s3:x-amz-server-side-encryption":"false"}}},
                {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::%1$s/*",
                "Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"%2$s"},
                "Null":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"false"}}}]}""".formatted(bucket, key)));

        put(s3, bucket, "plain");
        s3.putObject(
                put -> put.bucket(bucket)
                        .key("said")
                        .serverSideEncryption("aws:kms")
                        .ssekmsKeyId(key),
                RequestBody.fromString("content"));
        for (var algorithm : new String[] {"AES256", "aws:kms:dsse"}) {
            assertThatThrownBy(() -> s3.putObject(
                            put -> put.bucket(bucket).key("other").serverSideEncryption(algorithm),
                            RequestBody.fromString("content")))
                    .as(algorithm)
                    .hasMessageContaining("with an explicit deny in a resource-based policy");
        }
        assertThatThrownBy(() -> s3.putObject(
                        put -> put.bucket(bucket)
                                .key("other")
                                .serverSideEncryption("aws:kms")
                                .ssekmsKeyId(other),
                        RequestBody.fromString("content")))
                .hasMessageContaining("with an explicit deny in a resource-based policy");
        var upload = s3.createMultipartUpload(create -> create.bucket(bucket).key("parts"));
        s3.uploadPart(
                part -> part.bucket(bucket)
                        .key("parts")
                        .uploadId(upload.uploadId())
                        .partNumber(1),
                RequestBody.fromString("part"));
    }

    @Test
    void who_signs_nothing_gets_nothing_that_is_under_a_key() throws IOException {
        var bucket = bucket(key(), true);
        put(s3, bucket, "k");
        s3.putPublicAccessBlock(put -> put.bucket(bucket)
                .publicAccessBlockConfiguration(
                        block -> block.blockPublicPolicy(false).restrictPublicBuckets(false)));
        s3.putBucketPolicy(put -> put.bucket(bucket).policy("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:::%s/*"}}""".formatted(bucket)));
        try (var http = new RawHttp(aws.endpoint())) {
            var answer = http.send("GET /" + bucket + "/k HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("InvalidArgument");
            assertThat(answer.text()).contains("require AWS Signature Version 4");
        }
    }

    @Test
    void plain_http_is_refused_where_it_counts_as_that_and_the_policy_says_so() {
        try (var plain = EmbeddedAws.builder().secureTransport(false).start();
                var clients = new Clients(plain)) {
            var own = clients.s3();
            own.createBucket(create -> create.bucket("lake"));
            own.putObject(put -> put.bucket("lake").key("k"), RequestBody.fromString("content"));
            own.putBucketPolicy(put -> put.bucket("lake").policy("""
                    {"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*",
                    "Resource":["arn:aws:s3:::lake","arn:aws:s3:::lake/*"],
                    "Condition":{"Bool":{"aws:SecureTransport":"false"}}}}"""));
            assertThatThrownBy(() -> get(own, "lake", "k"))
                    .hasMessageContaining("with an explicit deny in a resource-based policy");
        }
    }
}
