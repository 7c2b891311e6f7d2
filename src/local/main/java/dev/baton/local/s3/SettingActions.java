package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.PublicPolicy;
import dev.baton.local.service.ApiOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations on the settings of buckets: versioning, policy, Block Public Access, encryption, notifications, tags,
/// ownership, access logs, object lock.
record SettingActions(S3Context store) {
    private static final int MAX_POLICY = 20 << 10;
    private static final int MAX_DOCUMENT = 256 << 10;
    /// The value of a setting that a new bucket has and that was taken away.
    private static final String TAKEN_AWAY = "";

    private static final String ALL_BLOCKED = new Xml()
            .open("PublicAccessBlockConfiguration", S3Xml.NAMESPACE)
            .element("BlockPublicAcls", true)
            .element("IgnorePublicAcls", true)
            .element("BlockPublicPolicy", true)
            .element("RestrictPublicBuckets", true)
            .close()
            .toString();
    private static final String OWNER_ENFORCED = new Xml()
            .open("OwnershipControls", S3Xml.NAMESPACE)
            .open("Rule")
            .element("ObjectOwnership", "BucketOwnerEnforced")
            .close()
            .close()
            .toString();

    List<ApiOperation<S3Route>> all() {
        var operations = new ArrayList<ApiOperation<S3Route>>();
        for (var setting : BucketSetting.values()) {
            operations.add(ApiOperation.reading(
                    setting.operation("Get"),
                    S3Route.of(setting.address("GET"), call -> get(call, setting)),
                    setting.right("Get")));
            operations.add(ApiOperation.changing(
                    setting.operation("Put"),
                    S3Route.of(setting.address("PUT"), call -> put(call, setting)),
                    setting.right("Put")));
            if (setting.canBeDeleted()) {
                // A policy alone has a right of its own for that.
                operations.add(ApiOperation.changing(
                        setting.operation("Delete"),
                        S3Route.of(setting.address("DELETE"), call -> delete(call, setting)),
                        setting.right(setting == BucketSetting.POLICY ? "Delete" : "Put")));
            }
        }
        operations.addAll(List.of(
                ApiOperation.reading(
                        "GetBucketPolicyStatus", S3Route.of("GET /{Bucket}?policyStatus", this::policyStatus)),
                ApiOperation.reading("GetBucketAcl", S3Route.of("GET /{Bucket}?acl", this::acl)),
                ApiOperation.reading("PutBucketAcl", S3Route.of("PUT /{Bucket}?acl", this::putAcl)),
                ApiOperation.reading(
                        "GetObjectAcl",
                        S3Route.of("GET /{Bucket}/{Key+}?acl", this::objectAcl),
                        "GetObjectAcl",
                        "GetObjectVersionAcl",
                        "ListBucket"),
                ApiOperation.reading(
                        "PutObjectAcl",
                        S3Route.of("PUT /{Bucket}/{Key+}?acl", this::putObjectAcl),
                        "PutObjectAcl",
                        "ListBucket")));
        return operations;
    }

    private AwsResponse get(S3Call call, BucketSetting setting) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var value = bucket.setting(setting);
        return switch (setting) {
            case VERSIONING -> {
                var xml = new Xml().open("VersioningConfiguration", S3Xml.NAMESPACE);
                yield S3Xml.answer(xml.elementIf("Status", value).close());
            }
            case NOTIFICATION ->
                document(
                        value == null
                                ? new Xml()
                                        .open("NotificationConfiguration", S3Xml.NAMESPACE)
                                        .close()
                                        .toString()
                                : value);
            case LOGGING ->
                document(
                        value == null
                                ? new Xml()
                                        .open("BucketLoggingStatus", S3Xml.NAMESPACE)
                                        .close()
                                        .toString()
                                : value);
            case ENCRYPTION -> document(value == null ? defaultEncryption() : value);
            case POLICY -> AwsResponse.of(200, "application/json", utf8(required(setting, value)));
            case PUBLIC_ACCESS_BLOCK -> document(required(setting, value == null ? ALL_BLOCKED : value));
            case OWNERSHIP -> document(required(setting, value == null ? OWNER_ENFORCED : value));
            case TAGGING, OBJECT_LOCK -> document(required(setting, value));
        };
    }

    private static AwsResponse document(String xml) {
        return AwsResponse.of(200, "application/xml", utf8(xml));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String defaultEncryption() {
        return new Xml()
                .open("ServerSideEncryptionConfiguration", S3Xml.NAMESPACE)
                .open("Rule")
                .open("ApplyServerSideEncryptionByDefault")
                .element("SSEAlgorithm", "AES256")
                .close()
                .element("BucketKeyEnabled", false)
                .close()
                .close()
                .toString();
    }

    private static String required(BucketSetting setting, @Nullable String value) {
        if (value != null && !value.equals(TAKEN_AWAY)) {
            return value;
        }
        throw switch (setting) {
            case POLICY -> new AwsError(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
            case PUBLIC_ACCESS_BLOCK ->
                new AwsError(
                        404,
                        "NoSuchPublicAccessBlockConfiguration",
                        "The public access block configuration was not found");
            case TAGGING -> new AwsError(404, "NoSuchTagSet", "The TagSet does not exist");
            case OWNERSHIP ->
                new AwsError(404, "OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
            case OBJECT_LOCK ->
                new AwsError(
                        404,
                        "ObjectLockConfigurationNotFoundError",
                        "Object Lock configuration does not exist for this bucket");
            case VERSIONING, ENCRYPTION, NOTIFICATION, LOGGING ->
                new IllegalArgumentException(setting + " always has a value");
        };
    }

    private AwsResponse put(S3Call call, BucketSetting setting) throws IOException {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var document = S3Xml.document(call, MAX_DOCUMENT);
        var value = setting == BucketSetting.LOGGING ? logging(document) : checked(setting, document, bucket);
        if (setting == BucketSetting.NOTIFICATION && !"true".equals(call.header("x-amz-skip-destination-validation"))) {
            var rules = NotificationRule.of(XmlElement.parse(document, "NotificationConfiguration"));
            store.events.test(call, bucket, rules, store.now());
        }
        store.change(bucket, new Change.BucketSet(bucket.name(), setting, value));
        return AwsResponse.of(setting == BucketSetting.POLICY || setting == BucketSetting.TAGGING ? 204 : 200);
    }

    /// The value to keep; nothing where nothing is to be logged any more.
    private @Nullable String logging(byte[] document) {
        var logging = BucketLogging.parse(document);
        if (logging == null) {
            return null;
        }
        if (store.buckets.find(logging.target()) == null) {
            throw new AwsError(400, "InvalidTargetBucketForLogging", "The target bucket for logging does not exist")
                    .with("TargetBucket", logging.target());
        }
        return new String(document, StandardCharsets.UTF_8);
    }

    /// The value to keep.
    private static String checked(BucketSetting setting, byte[] document, Bucket bucket) {
        var text = new String(document, StandardCharsets.UTF_8);
        switch (setting) {
            case VERSIONING -> {
                var xml = XmlElement.parse(document, "VersioningConfiguration");
                if ("Enabled".equals(xml.get("MfaDelete"))) {
                    throw S3Error.notImplemented("MFA delete");
                }
                var status = xml.require("Status");
                if (!status.equals("Enabled") && !status.equals("Suspended")) {
                    throw S3Error.malformedXml();
                }
                if (status.equals("Suspended") && bucket.setting(BucketSetting.OBJECT_LOCK) != null) {
                    throw new AwsError(
                            409,
                            "InvalidBucketState",
                            "An Object Lock configuration is present on this bucket, so the versioning state cannot"
                                    + " be changed.");
                }
                return status;
            }
            case POLICY -> checkPolicy(text, bucket);
            case PUBLIC_ACCESS_BLOCK -> XmlElement.parse(document, "PublicAccessBlockConfiguration");
            case ENCRYPTION -> BucketEncryption.parse(document);
            case NOTIFICATION -> NotificationRule.of(XmlElement.parse(document, "NotificationConfiguration"));
            case TAGGING -> Tags.ofBucket(document);
            case OWNERSHIP -> checkOwnership(XmlElement.parse(document, "OwnershipControls"));
            case LOGGING -> BucketLogging.parse(document);
            case OBJECT_LOCK -> ObjectLock.check(document, bucket);
        }
        return text;
    }

    private static void checkPolicy(String text, Bucket bucket) {
        if (text.length() > MAX_POLICY) {
            throw S3Error.invalidRequest(
                    "Normalized policy document exceeds the maximum allowed size of " + MAX_POLICY + " bytes.");
        }
        try {
            var policy = Policy.parse(PolicyKind.RESOURCE, "bucket policy of " + bucket.name(), text);
            if (!policy.actions().stream().allMatch(SettingActions::isOfS3)) {
                throw new AwsError(400, "MalformedPolicy", "Policy has invalid action");
            }
            if (!policy.resourcesBeyond(bucket.arn()).isEmpty()) {
                throw new AwsError(400, "MalformedPolicy", "Policy has invalid resource");
            }
            if (PublicAccess.of(bucket).blockPublicPolicy() && PublicPolicy.isPublic(text)) {
                throw new AwsError(
                        403,
                        "AccessDenied",
                        "User is not authorized to perform: s3:PutBucketPolicy on resource: \"" + bucket.arn()
                                + "\" because public policies are prevented by the BlockPublicPolicy setting in "
                                + "S3 Block Public Access.");
            }
        } catch (MalformedPolicy e) {
            throw new AwsError(400, "MalformedPolicy", String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOfS3(String action) {
        return action.equals("*") || action.regionMatches(true, 0, "s3:", 0, 3);
    }

    private static void checkOwnership(XmlElement document) {
        var rule = document.child("Rule");
        if (rule == null) {
            throw S3Error.malformedXml();
        }
        var ownership = rule.require("ObjectOwnership");
        if (!ownership.equals("BucketOwnerEnforced")) {
            throw S3Error.notImplemented("object ownership other than BucketOwnerEnforced, here " + ownership);
        }
    }

    private AwsResponse delete(S3Call call, BucketSetting setting) throws IOException {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var ofNew = setting == BucketSetting.PUBLIC_ACCESS_BLOCK || setting == BucketSetting.OWNERSHIP;
        store.change(bucket, new Change.BucketSet(bucket.name(), setting, ofNew ? TAKEN_AWAY : null));
        return AwsResponse.of(204);
    }

    private AwsResponse policyStatus(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var policy = required(BucketSetting.POLICY, bucket.setting(BucketSetting.POLICY));
        var xml = new Xml().open("PolicyStatus", S3Xml.NAMESPACE);
        return S3Xml.answer(
                xml.element("IsPublic", PublicPolicy.isPublic(policy)).close());
    }

    private AwsResponse acl(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        return ownerOnly();
    }

    private AwsResponse objectAcl(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnKey(
                call, call.versionId() == null ? "s3:GetObjectAcl" : "s3:GetObjectVersionAcl", bucket, call.key());
        store.find(call, bucket);
        return ownerOnly();
    }

    private AwsResponse putAcl(S3Call call) {
        store.permissions.requireOnBucket(call, store.bucket(call));
        return checkedAcl(call);
    }

    private AwsResponse putObjectAcl(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnKey(call, call.right(), bucket, call.key());
        store.find(call, bucket);
        return checkedAcl(call);
    }

    /// All that can be set is what holds anyway.
    private static AwsResponse checkedAcl(S3Call call) {
        if (!"bucket-owner-full-control".equals(call.header("x-amz-acl"))) {
            throw S3Error.noAcls();
        }
        return AwsResponse.of(200);
    }

    /// ACLs do not exist where the bucket's owner owns all; this is how S3 shows that.
    private AwsResponse ownerOnly() {
        var xml = new Xml().open("AccessControlPolicy", S3Xml.NAMESPACE);
        S3Xml.owner(xml, "Owner", store.account);
        xml.open("AccessControlList").open("Grant");
        xml.openTyped("Grantee", "CanonicalUser");
        xml.element("ID", S3Xml.ownerId(store.account)).close();
        xml.element("Permission", "FULL_CONTROL").close().close();
        return S3Xml.answer(xml.close());
    }
}
