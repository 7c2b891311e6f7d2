package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.iam.Access;
import dev.baton.local.iam.Authorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;
import software.amazon.awssdk.services.sts.StsClient;

/// What each action asks leave for: the action's name, the resource and the condition keys that policies rely on.
///
/// A row holds every question in its order, so that neither a forgotten one nor a needless one goes unseen.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnforcementTest {
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"000000000000\"},"
                    + "\"Action\":\"sts:*\"}}";
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}";
    private static final String BOUNDARY = "arn:aws:iam::000000000000:policy/boundary";
    private static final String KMS_KEY = "arn:aws:kms:us-east-1:000000000000:key/k";

    /// Those that a row shows where the request has them.
    private static final List<String> KEYS = List.of(
            "s3:prefix",
            "s3:delimiter",
            "s3:max-keys",
            "s3:VersionId",
            "s3:x-amz-server-side-encryption",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:x-amz-copy-source",
            "s3:if-match",
            "s3:if-none-match",
            "s3:RequestObjectTag/team",
            "s3:ExistingObjectTag/team",
            "kms:ViaService",
            "kms:EncryptionContext:aws:s3:arn",
            "sts:RoleSessionName",
            "sts:SourceIdentity",
            "sts:ExternalId",
            "sts:TransitiveTagKeys",
            "aws:RequestTag/team",
            "aws:TagKeys",
            "iam:PermissionsBoundary",
            "iam:PolicyARN",
            "iam:ResourceTag/team");

    private final List<Access> asked = new ArrayList<>();
    private EmbeddedAws aws;
    private S3Client s3;
    private StsClient sts;
    private IamClient iam;

    /// @param expected each question as `action resource key=[values] …`
    record Row(String name, Consumer<EnforcementTest> call, List<String> expected) {
        static Row of(String name, Consumer<EnforcementTest> call, String... expected) {
            return new Row(name, call, List.of(expected));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void start() {
        var open = Authorizer.unenforced();
        aws = EmbeddedAws.builder()
                .authorizer(access -> {
                    synchronized (asked) {
                        asked.add(access);
                    }
                    return open.decide(access);
                })
                .start();
        s3 = with(S3Client.builder().forcePathStyle(true)).httpClient(Apache5HttpClient.create()).build();
        sts = with(StsClient.builder()).httpClient(Apache5HttpClient.create()).build();
        iam = with(IamClient.builder()).httpClient(Apache5HttpClient.create()).build();
        s3.createBucket(r -> r.bucket("lake"));
        s3.putBucketVersioning(
                r -> r.bucket("lake").versioningConfiguration(VersioningConfiguration.builder().status("Enabled").build()));
        s3.putObject(r -> r.bucket("lake").key("a").tagging("team=red"), RequestBody.fromString("a"));
        iam.createPolicy(r -> r.policyName("boundary").policyDocument(POLICY));
        iam.createRole(r -> r.roleName("clean")
                .path("/baton/")
                .assumeRolePolicyDocument(TRUST)
                .permissionsBoundary(BOUNDARY)
                .tags(t -> t.key("team").value("red")));
        iam.createUser(r -> r.userName("ann"));
    }

    private <B extends AwsClientBuilder<B, ?>> B with(B builder) {
        return builder.endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        aws.administrator().accessKeyId(), aws.administrator().secretAccessKey())));
    }

    @AfterAll
    void stop() {
        s3.close();
        sts.close();
        iam.close();
        aws.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"s3Rows", "stsRows", "iamRows"})
    void an_action_asks_for_exactly_what_its_policies_must_grant(Row row) {
        synchronized (asked) {
            asked.clear();
        }
        try {
            row.call().accept(this);
        } catch (SdkServiceException e) {
            // What is not there is asked for all the same.
            assertThat(e.statusCode()).as(e.getMessage()).isIn(404, 400);
        }
        synchronized (asked) {
            assertThat(asked).extracting(EnforcementTest::text).containsExactlyElementsOf(row.expected());
        }
    }

    private static String text(Access access) {
        var text = new StringBuilder(access.action()).append(' ').append(access.resource());
        for (var key : KEYS) {
            var values = access.context().values(key.toLowerCase(Locale.ROOT));
            if (values != null) {
                text.append(' ').append(key).append('=').append(values);
            }
        }
        assertThat(access.caller().arn()).isEqualTo("arn:aws:iam::000000000000:user/admin");
        assertThat(access.resourceAccount()).isEqualTo("000000000000");
        assertThat(access.context().values("aws:sourceip")).isNotNull();
        assertThat(access.context().values("aws:securetransport")).containsExactly("true");
        return text.toString();
    }

    static List<Row> s3Rows() {
        return List.of(
                Row.of("ListBuckets", t -> t.s3.listBuckets(), "s3:ListAllMyBuckets arn:aws:s3:::*"),
                Row.of("HeadBucket", t -> t.s3.headBucket(r -> r.bucket("lake")), "s3:ListBucket arn:aws:s3:::lake"),
                Row.of(
                        "ListObjectsV2",
                        t -> t.s3.listObjectsV2(r -> r.bucket("lake").prefix("clean/").delimiter("/").maxKeys(5)),
                        "s3:ListBucket arn:aws:s3:::lake s3:prefix=[clean/] s3:delimiter=[/] s3:max-keys=[5]"),
                Row.of(
                        "ListObjectVersions",
                        t -> t.s3.listObjectVersions(r -> r.bucket("lake").prefix("clean/")),
                        "s3:ListBucketVersions arn:aws:s3:::lake s3:prefix=[clean/]"),
                Row.of(
                        "GetObject",
                        t -> t.s3.getObjectAsBytes(r -> r.bucket("lake").key("a")),
                        "s3:GetObject arn:aws:s3:::lake/a s3:ExistingObjectTag/team=[red]"),
                Row.of(
                        "HeadObject",
                        t -> t.s3.headObject(r -> r.bucket("lake").key("a")),
                        "s3:GetObject arn:aws:s3:::lake/a s3:ExistingObjectTag/team=[red]"),
                Row.of(
                        "GetObject of a version",
                        t -> t.s3.getObjectAsBytes(r -> r.bucket("lake").key("a").versionId("none")),
                        "s3:GetObjectVersion arn:aws:s3:::lake/a s3:VersionId=[none]",
                        "s3:ListBucket arn:aws:s3:::lake s3:VersionId=[none]"),
                Row.of(
                        "GetObject of a key that is not there",
                        t -> t.s3.getObjectAsBytes(r -> r.bucket("lake").key("none")),
                        "s3:GetObject arn:aws:s3:::lake/none",
                        "s3:ListBucket arn:aws:s3:::lake"),
                Row.of(
                        "PutObject",
                        t -> t.s3.putObject(r -> r.bucket("lake").key("b"), RequestBody.fromString("b")),
                        "s3:PutObject arn:aws:s3:::lake/b"),
                Row.of(
                        "PutObject with conditions, tags and a key",
                        t -> t.s3.putObject(
                                r -> r.bucket("lake")
                                        .key("c")
                                        .ifNoneMatch("*")
                                        .tagging("team=blue")
                                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                        .ssekmsKeyId(KMS_KEY),
                                RequestBody.fromString("c")),
                        "s3:PutObject arn:aws:s3:::lake/c s3:x-amz-server-side-encryption=[aws:kms]"
                                + " s3:x-amz-server-side-encryption-aws-kms-key-id=[" + KMS_KEY
                                + "] s3:if-none-match=[*] s3:RequestObjectTag/team=[blue]",
                        "s3:PutObjectTagging arn:aws:s3:::lake/c s3:x-amz-server-side-encryption=[aws:kms]"
                                + " s3:x-amz-server-side-encryption-aws-kms-key-id=[" + KMS_KEY
                                + "] s3:if-none-match=[*] s3:RequestObjectTag/team=[blue]",
                        "kms:GenerateDataKey " + KMS_KEY
                                + " kms:ViaService=[s3.us-east-1.amazonaws.com]"
                                + " kms:EncryptionContext:aws:s3:arn=[arn:aws:s3:::lake/c]"),
                Row.of(
                        "GetObject encrypted with a key",
                        t -> t.s3.getObjectAsBytes(r -> r.bucket("lake").key("c")),
                        "s3:GetObject arn:aws:s3:::lake/c s3:ExistingObjectTag/team=[blue]",
                        "kms:Decrypt " + KMS_KEY
                                + " kms:ViaService=[s3.us-east-1.amazonaws.com]"
                                + " kms:EncryptionContext:aws:s3:arn=[arn:aws:s3:::lake/c]"),
                Row.of(
                        "CopyObject",
                        t -> t.s3.copyObject(r -> r.sourceBucket("lake")
                                .sourceKey("b")
                                .destinationBucket("lake")
                                .destinationKey("d")),
                        "s3:GetObject arn:aws:s3:::lake/b s3:x-amz-copy-source=[lake/b]",
                        "s3:PutObject arn:aws:s3:::lake/d s3:x-amz-copy-source=[lake/b]"),
                Row.of(
                        "CreateMultipartUpload",
                        t -> t.s3.createMultipartUpload(r -> r.bucket("lake").key("m")),
                        "s3:PutObject arn:aws:s3:::lake/m"),
                Row.of(
                        "UploadPart",
                        t -> t.s3.uploadPart(
                                r -> r.bucket("lake").key("m").uploadId("none").partNumber(1),
                                RequestBody.fromString("m")),
                        "s3:PutObject arn:aws:s3:::lake/m"),
                Row.of(
                        "AbortMultipartUpload",
                        t -> t.s3.abortMultipartUpload(r -> r.bucket("lake").key("m").uploadId("none")),
                        "s3:AbortMultipartUpload arn:aws:s3:::lake/m"),
                Row.of(
                        "ListParts",
                        t -> t.s3.listParts(r -> r.bucket("lake").key("m").uploadId("none")),
                        "s3:ListMultipartUploadParts arn:aws:s3:::lake/m"),
                Row.of(
                        "ListMultipartUploads",
                        t -> t.s3.listMultipartUploads(r -> r.bucket("lake").prefix("m")),
                        "s3:ListBucketMultipartUploads arn:aws:s3:::lake s3:prefix=[m]"),
                Row.of(
                        "DeleteObject",
                        t -> t.s3.deleteObject(r -> r.bucket("lake").key("d")),
                        "s3:DeleteObject arn:aws:s3:::lake/d"),
                Row.of(
                        "DeleteObject of a version",
                        t -> t.s3.deleteObject(r -> r.bucket("lake").key("d").versionId("none")),
                        "s3:DeleteObjectVersion arn:aws:s3:::lake/d s3:VersionId=[none]"),
                Row.of(
                        "DeleteObjects",
                        t -> t.s3.deleteObjects(r -> r.bucket("lake").delete(d -> d.objects(
                                ObjectIdentifier.builder().key("x").build(),
                                ObjectIdentifier.builder().key("y").build()))),
                        "s3:DeleteObject arn:aws:s3:::lake/x",
                        "s3:DeleteObject arn:aws:s3:::lake/y"),
                Row.of(
                        "GetObjectTagging",
                        t -> t.s3.getObjectTagging(r -> r.bucket("lake").key("a")),
                        "s3:GetObjectTagging arn:aws:s3:::lake/a s3:ExistingObjectTag/team=[red]"),
                Row.of(
                        "PutObjectTagging",
                        t -> t.s3.putObjectTagging(r -> r.bucket("lake")
                                .key("a")
                                .tagging(g -> g.tagSet(Tag.builder().key("team").value("blue").build()))),
                        "s3:PutObjectTagging arn:aws:s3:::lake/a s3:RequestObjectTag/team=[blue]"
                                + " s3:ExistingObjectTag/team=[red]"),
                Row.of(
                        "PutBucketPolicy",
                        t -> t.s3.putBucketPolicy(r -> r.bucket("lake")
                                .policy("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\","
                                        + "\"Action\":\"s3:DeleteBucket\",\"Resource\":\"arn:aws:s3:::lake\"}}")),
                        "s3:PutBucketPolicy arn:aws:s3:::lake"),
                Row.of(
                        "GetBucketPolicy",
                        t -> t.s3.getBucketPolicy(r -> r.bucket("lake")),
                        "s3:GetBucketPolicy arn:aws:s3:::lake"),
                Row.of(
                        "PutPublicAccessBlock",
                        t -> t.s3.putPublicAccessBlock(r -> r.bucket("lake")
                                .publicAccessBlockConfiguration(
                                        PublicAccessBlockConfiguration.builder().blockPublicAcls(true).build())),
                        "s3:PutBucketPublicAccessBlock arn:aws:s3:::lake"),
                Row.of(
                        "GetBucketVersioning",
                        t -> t.s3.getBucketVersioning(r -> r.bucket("lake")),
                        "s3:GetBucketVersioning arn:aws:s3:::lake"),
                Row.of(
                        "GetBucketEncryption",
                        t -> t.s3.getBucketEncryption(r -> r.bucket("lake")),
                        "s3:GetEncryptionConfiguration arn:aws:s3:::lake"),
                Row.of(
                        "GetBucketNotificationConfiguration",
                        t -> t.s3.getBucketNotificationConfiguration(r -> r.bucket("lake")),
                        "s3:GetBucketNotification arn:aws:s3:::lake"),
                Row.of(
                        "CreateBucket",
                        t -> t.s3.createBucket(r -> r.bucket("pond")),
                        "s3:CreateBucket arn:aws:s3:::pond"),
                Row.of(
                        "DeleteBucket",
                        t -> t.s3.deleteBucket(r -> r.bucket("pond")),
                        "s3:DeleteBucket arn:aws:s3:::pond"));
    }

    static List<Row> stsRows() {
        var role = "arn:aws:iam::000000000000:role/baton/clean";
        var keys = " sts:RoleSessionName=[one] sts:SourceIdentity=[ann] sts:ExternalId=[ex]"
                + " sts:TransitiveTagKeys=[team] aws:RequestTag/team=[blue] aws:TagKeys=[team] iam:ResourceTag/team=[red]";
        return List.of(
                Row.of("GetCallerIdentity", t -> t.sts.getCallerIdentity()),
                Row.of(
                        "AssumeRole",
                        t -> t.sts.assumeRole(r -> r.roleArn(role).roleSessionName("one")),
                        "sts:AssumeRole " + role + " sts:RoleSessionName=[one] iam:ResourceTag/team=[red]"),
                Row.of(
                        "AssumeRole with tags and source identity",
                        t -> t.sts.assumeRole(r -> r.roleArn(role)
                                .roleSessionName("one")
                                .externalId("ex")
                                .sourceIdentity("ann")
                                .transitiveTagKeys("team")
                                .tags(g -> g.key("team").value("blue"))),
                        "sts:AssumeRole " + role + keys,
                        "sts:TagSession " + role + keys,
                        "sts:SetSourceIdentity " + role + keys));
    }

    static List<Row> iamRows() {
        var role = "arn:aws:iam::000000000000:role/baton/clean";
        var there = " iam:PermissionsBoundary=[" + BOUNDARY + "] iam:ResourceTag/team=[red]";
        return List.of(
                Row.of(
                        "CreateRole",
                        t -> t.iam.createRole(r -> r.roleName("made").path("/baton/").assumeRolePolicyDocument(TRUST)),
                        "iam:CreateRole arn:aws:iam::000000000000:role/baton/made"),
                Row.of(
                        "CreateRole with boundary and tags",
                        t -> t.iam.createRole(r -> r.roleName("tagged")
                                .assumeRolePolicyDocument(TRUST)
                                .permissionsBoundary(BOUNDARY)
                                .tags(g -> g.key("team").value("blue"))),
                        "iam:CreateRole arn:aws:iam::000000000000:role/tagged aws:RequestTag/team=[blue] aws:TagKeys=[team]"
                                + " iam:PermissionsBoundary=[" + BOUNDARY + "]",
                        "iam:TagRole arn:aws:iam::000000000000:role/tagged aws:RequestTag/team=[blue] aws:TagKeys=[team]"),
                Row.of("GetRole", t -> t.iam.getRole(r -> r.roleName("clean")), "iam:GetRole " + role + there),
                Row.of(
                        "GetRole of one that is not there",
                        t -> t.iam.getRole(r -> r.roleName("none")),
                        "iam:GetRole arn:aws:iam::000000000000:role/none"),
                Row.of(
                        "ListRoles",
                        t -> t.iam.listRoles(r -> r.pathPrefix("/baton/")),
                        "iam:ListRoles arn:aws:iam::000000000000:role/baton/"),
                Row.of(
                        "PutRolePolicy",
                        t -> t.iam.putRolePolicy(r -> r.roleName("clean").policyName("p").policyDocument(POLICY)),
                        "iam:PutRolePolicy " + role + there),
                Row.of(
                        "GetRolePolicy",
                        t -> t.iam.getRolePolicy(r -> r.roleName("clean").policyName("p")),
                        "iam:GetRolePolicy " + role + there),
                Row.of(
                        "DeleteRolePolicy",
                        t -> t.iam.deleteRolePolicy(r -> r.roleName("clean").policyName("p")),
                        "iam:DeleteRolePolicy " + role + there),
                Row.of(
                        "AttachRolePolicy",
                        t -> t.iam.attachRolePolicy(r -> r.roleName("clean").policyArn(BOUNDARY)),
                        "iam:AttachRolePolicy " + role + " iam:PermissionsBoundary=[" + BOUNDARY + "] iam:PolicyARN=["
                                + BOUNDARY + "] iam:ResourceTag/team=[red]"),
                Row.of(
                        "DetachRolePolicy",
                        t -> t.iam.detachRolePolicy(r -> r.roleName("clean").policyArn(BOUNDARY)),
                        "iam:DetachRolePolicy " + role + " iam:PermissionsBoundary=[" + BOUNDARY + "] iam:PolicyARN=["
                                + BOUNDARY + "] iam:ResourceTag/team=[red]"),
                Row.of(
                        "PutRolePermissionsBoundary",
                        t -> t.iam.putRolePermissionsBoundary(
                                r -> r.roleName("clean").permissionsBoundary("arn:aws:iam::000000000000:policy/none")),
                        "iam:PutRolePermissionsBoundary " + role
                                + " iam:PermissionsBoundary=[arn:aws:iam::000000000000:policy/none]"
                                + " iam:ResourceTag/team=[red]"),
                Row.of(
                        "UpdateAssumeRolePolicy",
                        t -> t.iam.updateAssumeRolePolicy(r -> r.roleName("clean").policyDocument(TRUST)),
                        "iam:UpdateAssumeRolePolicy " + role + there),
                Row.of(
                        "TagRole",
                        t -> t.iam.tagRole(r -> r.roleName("clean").tags(g -> g.key("team").value("red"))),
                        "iam:TagRole " + role + " aws:RequestTag/team=[red] aws:TagKeys=[team]" + there),
                Row.of("DeleteRole", t -> t.iam.deleteRole(r -> r.roleName("made")),
                        "iam:DeleteRole arn:aws:iam::000000000000:role/baton/made"),
                Row.of(
                        "CreatePolicy",
                        t -> t.iam.createPolicy(r -> r.policyName("p").path("/baton/").policyDocument(POLICY)),
                        "iam:CreatePolicy arn:aws:iam::000000000000:policy/baton/p"),
                Row.of("GetPolicy", t -> t.iam.getPolicy(r -> r.policyArn(BOUNDARY)), "iam:GetPolicy " + BOUNDARY),
                Row.of(
                        "CreateUser",
                        t -> t.iam.createUser(r -> r.userName("bob")),
                        "iam:CreateUser arn:aws:iam::000000000000:user/bob"),
                Row.of(
                        "CreateAccessKey",
                        t -> t.iam.createAccessKey(r -> r.userName("ann")),
                        "iam:CreateAccessKey arn:aws:iam::000000000000:user/ann"),
                Row.of(
                        "PutUserPolicy",
                        t -> t.iam.putUserPolicy(r -> r.userName("ann").policyName("p").policyDocument(POLICY)),
                        "iam:PutUserPolicy arn:aws:iam::000000000000:user/ann"),
                Row.of(
                        "CreateOpenIDConnectProvider",
                        t -> t.iam.createOpenIDConnectProvider(r -> r.url("https://issuer.example").clientIDList("c")),
                        "iam:CreateOpenIDConnectProvider arn:aws:iam::000000000000:oidc-provider/issuer.example"),
                Row.of(
                        "SimulatePrincipalPolicy",
                        t -> t.iam.simulatePrincipalPolicy(r -> r.policySourceArn(role).actionNames("s3:GetObject")),
                        "iam:SimulatePrincipalPolicy " + role));
    }
}
