package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.iam.policy.PublicPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// S3 as roles see it, whose policies allow one thing each.
class PermissionsTest {
    static String key;
    static EmbeddedAws aws;
    static Clients administrator;
    static S3Client s3;
    static int roles;
    Clients clients;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
        administrator = new Clients(aws);
        s3 = administrator.s3();
        key = administrator.kms().createKey().keyMetadata().arn();
        s3.createBucket(create -> create.bucket("lake"));
        s3.putObject(put -> put.bucket("lake").key("in/k").tagging("t=1"), RequestBody.fromString("content"));
        s3.putObject(
                put -> put.bucket("lake")
                        .key("in/kms")
                        .serverSideEncryption("aws:kms")
                        .ssekmsKeyId(key)
                        .bucketKeyEnabled(true),
                RequestBody.fromString("content"));
    }

    @AfterAll
    static void stop() {
        administrator.close();
        aws.close();
    }

    @AfterEach
    void closeClients() {
        if (clients != null) {
            clients.close();
        }
    }

    /// S3 as a role with these statements sees it.
    S3Client as(String statements) {
        var name = "role" + roles++;
        var iam = administrator.iam();
        iam.createRole(create -> create.roleName(name).assumeRolePolicyDocument("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow",
                        "Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}}"""));
        iam.putRolePolicy(put -> put.roleName(name)
                .policyName("p")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}"));
        var assumed = administrator
                .sts()
                .assumeRole(assume ->
                        assume.roleArn("arn:aws:iam::000000000000:role/" + name).roleSessionName("session"))
                .credentials();
        clients = new Clients(
                aws,
                new dev.baton.local.caller.AccessKey(
                        assumed.accessKeyId(),
                        assumed.secretAccessKey(),
                        assumed.sessionToken(),
                        aws.administrator().caller()));
        return clients.s3();
    }

    static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    static void denied(String action, String resource, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(403);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(e.awsErrorDetails().errorMessage())
                    .matches("User: arn:aws:sts::000000000000:assumed-role/role[0-9]+/session is not authorized to "
                            + "perform: " + action + " on resource: \"?" + resource + "\"? because no identity-based "
                            + "policy allows the " + action + " action");
        });
    }

    @Test
    void what_is_allowed_passes_and_nothing_else() {
        var reader = as(allow("s3:GetObject", "arn:aws:s3:::lake/in/*"));
        assertThat(reader.getObjectAsBytes(get -> get.bucket("lake").key("in/k"))
                        .asUtf8String())
                .isEqualTo("content");
        denied(
                "s3:GetObject",
                "arn:aws:s3:::lake/out/k",
                () -> reader.getObjectAsBytes(get -> get.bucket("lake").key("out/k")));
        denied(
                "s3:PutObject",
                "arn:aws:s3:::lake/in/k",
                () -> reader.putObject(put -> put.bucket("lake").key("in/k"), RequestBody.empty()));
        denied(
                "s3:DeleteObject",
                "arn:aws:s3:::lake/in/k",
                () -> reader.deleteObject(delete -> delete.bucket("lake").key("in/k")));
        denied("s3:ListBucket", "arn:aws:s3:::lake", () -> reader.listObjectsV2(list -> list.bucket("lake")));
        denied(
                "s3:GetObjectTagging",
                "arn:aws:s3:::lake/in/k",
                () -> reader.getObjectTagging(get -> get.bucket("lake").key("in/k")));
        denied("s3:CreateBucket", "arn:aws:s3:::mine", () -> reader.createBucket(create -> create.bucket("mine")));
        denied(
                "s3:PutBucketPolicy",
                "arn:aws:s3:::lake",
                () -> reader.putBucketPolicy(put -> put.bucket("lake").policy("{}")));
    }

    @Test
    void without_leave_to_list_a_missing_key_looks_forbidden() {
        var reader = as(allow("s3:GetObject", "arn:aws:s3:::lake/in/*"));
        denied(
                "s3:ListBucket",
                "arn:aws:s3:::lake",
                () -> reader.getObjectAsBytes(get -> get.bucket("lake").key("in/missing")));
        assertThatThrownBy(() -> reader.headObject(head -> head.bucket("lake").key("in/missing")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        var lister =
                as(allow("s3:GetObject", "arn:aws:s3:::lake/in/*") + "," + allow("s3:ListBucket", "arn:aws:s3:::lake"));
        assertThatThrownBy(
                        () -> lister.getObjectAsBytes(get -> get.bucket("lake").key("in/missing")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    }

    @ParameterizedTest
    @CsvSource({"in/, true", "in/x, true", "in, false", "out/, false", "'', false", ", false"})
    void a_listing_can_be_limited_to_a_prefix(String prefix, boolean allowed) {
        var lister = as("""
                {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::lake",
                "Condition":{"StringLike":{"s3:prefix":["in/","in/*"]}}}""");
        org.assertj.core.api.ThrowableAssert.ThrowingCallable list =
                () -> lister.listObjectsV2(ask -> ask.bucket("lake").prefix(prefix));
        if (allowed) {
            org.assertj.core.api.Assertions.assertThatCode(list).doesNotThrowAnyException();
        } else {
            denied("s3:ListBucket", "arn:aws:s3:::lake", list);
        }
    }

    @Test
    void an_encryption_can_be_demanded() {
        var writer = as("""
                {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::lake/out/*",
                "Condition":{"StringEquals":{"s3:x-amz-server-side-encryption":"aws:kms",
                "s3:x-amz-server-side-encryption-aws-kms-key-id":"%s"}}},
                {"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"%s"}""".formatted(key, key));
        denied(
                "s3:PutObject",
                "arn:aws:s3:::lake/out/k",
                () -> writer.putObject(put -> put.bucket("lake").key("out/k"), RequestBody.empty()));
        denied(
                "s3:PutObject",
                "arn:aws:s3:::lake/out/k",
                () -> writer.putObject(
                        put -> put.bucket("lake").key("out/k").serverSideEncryption("AES256"), RequestBody.empty()));
        writer.putObject(
                put -> put.bucket("lake")
                        .key("out/k")
                        .serverSideEncryption("aws:kms")
                        .ssekmsKeyId(key),
                RequestBody.empty());
    }

    @Test
    void who_reads_what_a_key_encrypts_needs_the_key() {
        var reader = as(allow("s3:GetObject", "arn:aws:s3:::lake/*"));
        denied(
                "kms:Decrypt",
                key,
                () -> reader.getObjectAsBytes(get -> get.bucket("lake").key("in/kms")));
        var both = as(allow("s3:GetObject", "arn:aws:s3:::lake/*") + """
                ,{"Effect":"Allow","Action":"kms:Decrypt","Resource":"%s","Condition":{
                "StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"},
                "StringLike":{"kms:EncryptionContext:aws:s3:arn":"arn:aws:s3:::lake"}}},
                {"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{
                "Bool":{"aws:ViaAWSService":"false"}}}""".formatted(key));
        assertThat(both.getObjectAsBytes(get -> get.bucket("lake").key("in/kms"))
                        .asUtf8String())
                .isEqualTo("content");
    }

    @Test
    void a_version_is_a_right_of_its_own() {
        s3.createBucket(create -> create.bucket("versioned"));
        s3.putBucketVersioning(
                put -> put.bucket("versioned").versioningConfiguration(config -> config.status("Enabled")));
        var id = s3.putObject(put -> put.bucket("versioned").key("k"), RequestBody.fromString("1"))
                .versionId();
        var current = as(allow("s3:GetObject", "arn:aws:s3:::versioned/*"));
        current.getObjectAsBytes(get -> get.bucket("versioned").key("k"));
        denied(
                "s3:GetObjectVersion",
                "arn:aws:s3:::versioned/k",
                () -> current.getObjectAsBytes(
                        get -> get.bucket("versioned").key("k").versionId(id)));
        var pinned = as(allow("s3:GetObjectVersion", "arn:aws:s3:::versioned/*"));
        pinned.getObjectAsBytes(get -> get.bucket("versioned").key("k").versionId(id));
        denied(
                "s3:GetObject",
                "arn:aws:s3:::versioned/k",
                () -> pinned.getObjectAsBytes(get -> get.bucket("versioned").key("k")));
    }

    @Test
    void a_copy_needs_both_ends() {
        var reader = as(allow("s3:GetObject", "arn:aws:s3:::lake/in/*"));
        denied("s3:GetObjectTagging", "arn:aws:s3:::lake/in/k", () -> copy(reader));
        var writer = as(allow("s3:PutObject", "arn:aws:s3:::lake/out/*"));
        denied("s3:GetObject", "arn:aws:s3:::lake/in/k", () -> copy(writer));
        var both = as(allow("s3:GetObject*", "arn:aws:s3:::lake/in/*") + ","
                + allow("s3:PutObject*", "arn:aws:s3:::lake/out/*"));
        copy(both);
    }

    private static void copy(S3Client client) {
        client.copyObject(copy -> copy.sourceBucket("lake")
                .sourceKey("in/k")
                .destinationBucket("lake")
                .destinationKey("out/copied"));
    }

    @Test
    void who_may_not_read_may_not_probe_etags_by_writing() {
        var writer = as(allow("s3:PutObject", "arn:aws:s3:::lake/in/*"));
        denied(
                "s3:GetObject",
                "arn:aws:s3:::lake/in/k",
                () -> writer.putObject(
                        put -> put.bucket("lake").key("in/k").ifMatch("\"guess\""), RequestBody.empty()));
        var deleter = as(allow("s3:DeleteObject", "arn:aws:s3:::lake/in/*"));
        denied(
                "s3:GetObject",
                "arn:aws:s3:::lake/in/k",
                () -> deleter.deleteObject(
                        delete -> delete.bucket("lake").key("in/k").ifMatch("\"guess\"")));
    }

    @Test
    void a_batch_deletes_what_it_may_and_names_the_rest() {
        s3.putObject(put -> put.bucket("lake").key("mine/1"), RequestBody.empty());
        var deleter = as(allow("s3:DeleteObject", "arn:aws:s3:::lake/mine/*"));
        var answer = deleter.deleteObjects(delete -> delete.bucket("lake")
                .delete(objects -> objects.objects(
                        ObjectIdentifier.builder().key("mine/1").build(),
                        ObjectIdentifier.builder().key("in/k").build())));
        assertThat(answer.deleted()).extracting(deleted -> deleted.key()).containsExactly("mine/1");
        assertThat(answer.errors()).singleElement().satisfies(error -> {
            assertThat(error.key()).isEqualTo("in/k");
            assertThat(error.code()).isEqualTo("AccessDenied");
        });
        assertThat(s3.headObject(head -> head.bucket("lake").key("in/k"))).isNotNull();
    }

    @Test
    void a_bucket_policy_denies_even_the_administrator() {
        s3.createBucket(create -> create.bucket("strict"));
        s3.putBucketPolicy(put -> put.bucket("strict").policy("""
                        {"Version":"2012-10-17","Statement":[{"Sid":"NoPlainUploads","Effect":"Deny","Principal":"*",
                        "Action":"s3:PutObject","Resource":"arn:aws:s3:::strict/*","Condition":{
                        "Null":{"s3:x-amz-server-side-encryption":"false"},
                        "StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}},
                        {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::strict/*",
                        "Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"""));
        s3.putObject(put -> put.bucket("strict").key("plain"), RequestBody.empty());
        assertThatThrownBy(() -> s3.putObject(
                        put -> put.bucket("strict").key("k").serverSideEncryption("AES256"), RequestBody.empty()))
                .hasMessageContaining("with an explicit deny in a resource-based policy");
    }

    @Test
    void a_public_policy_is_blocked_unless_the_block_is_lifted() throws Exception {
        s3.createBucket(create -> create.bucket("public"));
        s3.putObject(put -> put.bucket("public").key("k"), RequestBody.fromString("for everyone"));
        var policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                "Action":"s3:GetObject","Resource":"arn:aws:s3:::public/*"}]}""";
        assertThatThrownBy(() -> s3.putBucketPolicy(put -> put.bucket("public").policy(policy)))
                .hasMessageContaining("BlockPublicPolicy");
        s3.putPublicAccessBlock(put -> put.bucket("public")
                .publicAccessBlockConfiguration(config -> config.blockPublicPolicy(false)
                        .restrictPublicBuckets(false)
                        .blockPublicAcls(true)
                        .ignorePublicAcls(true)));
        s3.putBucketPolicy(put -> put.bucket("public").policy(policy));
        var request = "GET /public/%s HTTP/1.1\r\nHost: " + aws.endpoint().getAuthority() + "\r\n\r\n";
        try (var http = new dev.baton.local.http.RawHttp(aws.endpoint())) {
            assertThat(http.send(request.formatted("k")).answer().text()).isEqualTo("for everyone");
            assertThat(http.send(request.formatted("k?response-content-type=text/html"))
                            .answer()
                            .text())
                    .contains("Request specific response headers cannot be used for anonymous GET requests.");
            assertThat(http.send(request.replace("GET", "DELETE").formatted("k"))
                            .answer()
                            .status())
                    .isEqualTo(403);
            assertThat(http.send(request.replace("public", "lake").formatted("in/k"))
                            .answer()
                            .status())
                    .isEqualTo(403);
        }
        s3.putPublicAccessBlock(put ->
                put.bucket("public").publicAccessBlockConfiguration(config -> config.restrictPublicBuckets(true)));
        try (var http = new dev.baton.local.http.RawHttp(aws.endpoint())) {
            assertThat(http.send(request.formatted("k")).answer().status()).isEqualTo(403);
        }
    }

    @Test
    void a_policy_that_is_none_is_refused() {
        refused("{\"Version\":1}", "Syntax errors in policy.");
        refused(lakePolicy(""), "Missing required field Principal");
        refused(lakePolicy("\"NotPrincipal\":{\"AWS\":\"111122223333\"},"), "Allow with NotPrincipal is not allowed.");
        var good = lakePolicy("\"Principal\":{\"AWS\":\"111122223333\"},");
        refused(good.replace("s3:GetObject", "sqs:SendMessage"), "Policy has invalid action");
        refused(good.replace(":::lake/", ":::other/"), "Policy has invalid resource");
        s3.putBucketPolicy(put -> put.bucket("lake").policy(good));
        s3.putBucketPolicy(put -> put.bucket("lake").policy(good.replace(":::lake/", ":::la*/")));
        s3.deleteBucketPolicy(delete -> delete.bucket("lake"));
    }

    private static String lakePolicy(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"," + principal
                + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::lake/*\"}]}";
    }

    private static void refused(String policy, String answer) {
        assertThatThrownBy(() -> s3.putBucketPolicy(put -> put.bucket("lake").policy(policy)))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedPolicy");
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(answer);
                });
    }

    @Test
    void a_condition_that_also_holds_for_strangers_keeps_a_policy_public() {
        for (var operator : List.of("NotIpAddress", "IpAddressIfExists", "ForAllValues:IpAddress")) {
            assertThat(PublicPolicy.isPublic(fromOffice(operator))).as(operator).isTrue();
        }
        assertThat(PublicPolicy.isPublic(fromOffice("IpAddress"))).isFalse();
    }

    private static String fromOffice(String operator) {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:::lake/*","Condition":{"%s":{"aws:SourceIp":"203.0.113.0/24"}}}]}""".formatted(operator);
    }
}
