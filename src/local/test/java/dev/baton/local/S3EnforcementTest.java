package dev.baton.local;

import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

/// What S3's actions ask leave for.
class S3EnforcementTest extends EnforcementTable {

    static List<Row> rows() {
        return List.of(
                Row.of("ListBuckets", t -> t.s3.listBuckets(), "s3:ListAllMyBuckets arn:aws:s3:::*"),
                Row.of("HeadBucket", t -> t.s3.headBucket(r -> r.bucket("lake")), "s3:ListBucket arn:aws:s3:::lake"),
                Row.of(
                        "ListObjectsV2",
                        t -> t.s3.listObjectsV2(r ->
                                r.bucket("lake").prefix("clean/").delimiter("/").maxKeys(5)),
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
                        t -> t.s3.getObjectAsBytes(
                                r -> r.bucket("lake").key("a").versionId("none")),
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
                                        .ssekmsKeyId(t.key),
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
                        "UploadPart of an encrypted upload",
                        t -> {
                            var id = t.s3.createMultipartUpload(r ->
                                            r.bucket("lake").key("n").serverSideEncryption(ServerSideEncryption.AES256))
                                    .uploadId();
                            t.s3.uploadPart(
                                    r -> r.bucket("lake").key("n").uploadId(id).partNumber(1),
                                    RequestBody.fromString("n"));
                        },
                        "s3:PutObject arn:aws:s3:::lake/n s3:x-amz-server-side-encryption=[AES256]",
                        "s3:PutObject arn:aws:s3:::lake/n s3:x-amz-server-side-encryption=[AES256]"),
                Row.of(
                        "AbortMultipartUpload",
                        t -> t.s3.abortMultipartUpload(
                                r -> r.bucket("lake").key("m").uploadId("none")),
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
                        t -> t.s3.deleteObjects(r -> r.bucket("lake")
                                .delete(d -> d.objects(
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
                                .tagging(g -> g.tagSet(
                                        Tag.builder().key("team").value("blue").build()))),
                        "s3:PutObjectTagging arn:aws:s3:::lake/a s3:RequestObjectTag/team=[blue]"
                                + " s3:ExistingObjectTag/team=[red]"),
                Row.of(
                        "PutBucketPolicy",
                        t -> t.s3.putBucketPolicy(
                                r -> r.bucket("lake")
                                        .policy(
                                                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\","
                                                        + "\"Action\":\"s3:DeleteBucket\",\"Resource\":\"arn:aws:s3:::lake\"}}")),
                        "s3:PutBucketPolicy arn:aws:s3:::lake"),
                Row.of(
                        "GetBucketPolicy",
                        t -> t.s3.getBucketPolicy(r -> r.bucket("lake")),
                        "s3:GetBucketPolicy arn:aws:s3:::lake"),
                Row.of(
                        "PutPublicAccessBlock",
                        t -> t.s3.putPublicAccessBlock(r -> r.bucket("lake")
                                .publicAccessBlockConfiguration(PublicAccessBlockConfiguration.builder()
                                        .blockPublicAcls(true)
                                        .build())),
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
}
