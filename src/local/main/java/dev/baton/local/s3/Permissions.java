package dev.baton.local.s3;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.kms.ServiceKeys;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Asks whether the caller may, with S3's condition keys.
///
/// See [Actions, resources, and condition keys for Amazon
/// S3](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html).
final class Permissions {
    private static final int MAX_PARSED = 1_000;
    private static final String SIGV4 = "AWS4-HMAC-SHA256";

    private final Authorizer authorizer;
    private final String account;
    private final ServiceKeys keys;
    private final Map<String, Policy> parsed = new ConcurrentHashMap<>();

    /// @param keys KMS's, asked whenever an object is under one of them
    Permissions(Authorizer authorizer, String account, ServiceKeys keys) {
        this.authorizer = authorizer;
        this.account = account;
        this.keys = keys;
    }

    /// For what concerns no bucket that is there.
    void require(S3Call call, String resource) {
        authorizer.require(access(call, call.right(), resource, null, context(call, call.right(), null, Map.of())));
    }

    /// For a bucket that is not there yet.
    ///
    /// @param location the region that it is asked for in, if any
    void requireOnNew(S3Call call, String resource, @Nullable String location) {
        var action = call.right();
        var own =
                RequestContext.builder().put("s3:LocationConstraint", location).build();
        authorizer.require(access(call, action, resource, null, own.or(context(call, action, null, Map.of()))));
    }

    void requireOnBucket(S3Call call, Bucket bucket) {
        var action = call.right();
        authorizer.require(access(call, action, bucket.arn(), bucket, context(call, action, null, Map.of())));
    }

    void requireOnKey(S3Call call, String action, Bucket bucket, String key) {
        requireOnKey(call, action, bucket, key, null, Map.of());
    }

    /// @param existing the object as it is, whose tags conditions may ask for; nothing for what overwrites or deletes
    /// it, where S3 [knows none](https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html)
    /// @param tags those that the request brings
    void requireOnKey(
            S3Call call,
            String action,
            Bucket bucket,
            String key,
            @Nullable ObjectVersion existing,
            Map<String, String> tags) {
        authorizer.require(access(call, action, bucket.arn(key), bucket, context(call, action, existing, tags)));
    }

    /// For an object that the URL does not name: the source of a copy, or one of a batch.
    ///
    /// @param own what the request says about this object; it goes before what it says about its own
    void requireOnOther(
            S3Call call,
            String action,
            Bucket bucket,
            String key,
            @Nullable ObjectVersion existing,
            RequestContext own) {
        var context = own.or(context(call, action, existing, Map.of()));
        authorizer.require(access(call, action, bucket.arn(key), bucket, context));
    }

    /// For a part and for the end of an upload. Only its beginning says how it is encrypted, so that conditions on
    /// encryption hold for the whole of it.
    void requireOnUpload(S3Call call, Bucket bucket) {
        var upload = bucket.uploads.get(call.request().query().get("uploadId", ""));
        RequestContext encryption = upload == null || !upload.key().equals(call.key())
                ? RequestContext.EMPTY
                : RequestContext.builder()
                        .put(
                                "s3:x-amz-server-side-encryption",
                                upload.metadata().encryption().algorithm())
                        .put(
                                "s3:x-amz-server-side-encryption-aws-kms-key-id",
                                upload.metadata().encryption().keyId())
                        .build();
        var context = context(call, "s3:PutObject", null, Map.of()).or(encryption);
        authorizer.require(access(call, "s3:PutObject", bucket.arn(call.key()), bucket, context));
    }

    /// The answer to somebody who asks for a key that is not there: only who may list the bucket learns that.
    AwsError missing(S3Call call, Bucket bucket, String key, AwsError otherwise) {
        var context = context(call, "s3:ListBucket", null, Map.of());
        var decision = authorizer.decide(access(call, "s3:ListBucket", bucket.arn(), bucket, context));
        if (!decision.allowed()) {
            throw new AccessDenied(decision);
        }
        return otherwise;
    }

    /// What KMS asks the caller for when S3 turns to it. S3's own keys are for everyone.
    ///
    /// @throws AwsError `KMS.…` where the key cannot be used at all
    void requireKms(S3Call call, String action, Encryption encryption, Bucket bucket, String key) {
        checkNamed(call, action);
        var keyId = encryption.keyId();
        if (!encryption.isKms() || keyId == null) {
            return;
        }
        if (!SIGV4.equals(signatureVersion(call))) {
            throw S3Error.invalidArgument(
                    "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature "
                            + "Version 4.",
                    "Authorization",
                    "null");
        }
        keys.require(
                call.request(),
                action,
                keyId,
                Map.of("aws:s3:arn", encryption.bucketKey() ? bucket.arn() : bucket.arn(key)));
    }

    private static void checkNamed(S3Call call, String action) {
        if (!call.rights().contains(action)) {
            throw new IllegalArgumentException(action + " is none of the operation's rights: " + call.rights());
        }
    }

    /// Whether a service may put what it delivers.
    boolean mayDeliver(Caller service, Bucket bucket, String key, RequestContext context) {
        return authorizer
                .decide(new AccessRequest(service, "s3:PutObject", bucket.arn(key), account, context, policy(bucket)))
                .allowed();
    }

    ServiceKeys keys() {
        return keys;
    }

    private AccessRequest access(
            S3Call call, String action, String resource, @Nullable Bucket bucket, RequestContext context) {
        checkNamed(call, action);
        return new AccessRequest(
                call.request().caller(), action, resource, account, context, bucket == null ? null : policy(bucket));
    }

    private @Nullable Policy policy(Bucket bucket) {
        var text = bucket.setting(BucketSetting.POLICY);
        if (text == null) {
            return null;
        }
        var known = parsed.get(text);
        if (known == null) {
            known = Policy.parse("bucket policy of " + bucket.name(), text);
            if (parsed.size() >= MAX_PARSED) {
                parsed.clear();
            }
            parsed.put(text, known);
        }
        return known;
    }

    private RequestContext context(
            S3Call call, String action, @Nullable ObjectVersion existing, Map<String, String> tags) {
        RequestContext own = key -> key.startsWith("s3:")
                ? value(call, action, key.substring(3), existing, tags)
                : switch (key) {
                    case "aws:resourceaccount" -> List.of(account);
                    default -> null;
                };
        return own.or(call.request().context());
    }

    private @Nullable List<String> value(
            S3Call call, String action, String key, @Nullable ObjectVersion existing, Map<String, String> tags) {
        if (key.startsWith("x-amz-")) {
            return single(call.header(key));
        }
        if (key.startsWith("requestobjecttag/")) {
            return tag(tags, key);
        }
        if (key.startsWith("existingobjecttag/")) {
            return existing == null ? null : tag(existing.tags(), key);
        }
        return switch (key) {
            case "prefix", "delimiter", "max-keys" -> single(call.query(key));
            case "versionid" -> single(call.versionId());
            case "if-match", "if-none-match" -> single(call.header(key));
            case "requestobjecttagkeys" -> tags.isEmpty() ? null : List.copyOf(tags.keySet());
            case "resourceaccount" -> List.of(account);
            case "objectcreationoperation" ->
                action.equals("s3:PutObject") ? List.of(Boolean.toString(createsObject(call))) : null;
            case "authtype" ->
                signatureVersion(call) == null
                        ? null
                        : List.of(isForm(call) ? "POST" : isPresigned(call) ? "REST-QUERY-STRING" : "REST-HEADER");
            case "signatureversion" -> single(signatureVersion(call));
            case "signatureage" ->
                isPresigned(call) || isForm(call) && SIGV4.equals(signatureVersion(call))
                        ? List.of(Long.toString(call.request().signed().age()))
                        : null;
            case "tlsversion" -> List.of("1.3");
            default -> null;
        };
    }

    /// What of an upload's requests makes an object is its end alone.
    ///
    /// See [Enforce conditional
    /// writes](https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html).
    private static boolean createsObject(S3Call call) {
        return isForm(call) || call.request().method().equals("PUT") == (call.query("uploadId") == null);
    }

    /// `AWS` is version 2; nothing where the request is unsigned.
    ///
    /// See [Signature Version 4 policy
    /// keys](https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html).
    private static @Nullable String signatureVersion(S3Call call) {
        if (call.request().signed().accessKeyId().isEmpty()) {
            return null;
        }
        var form = call.request().form();
        boolean legacy = form == null ? call.query("AWSAccessKeyId") != null : form.get("AWSAccessKeyId") != null;
        return legacy ? "AWS" : SIGV4;
    }

    private static boolean isForm(S3Call call) {
        return call.request().form() != null;
    }

    private static boolean isPresigned(S3Call call) {
        return call.request().signed().presigned();
    }

    private static @Nullable List<String> single(@Nullable String value) {
        return value == null ? null : List.of(value);
    }

    private static @Nullable List<String> tag(Map<String, String> tags, String key) {
        var name = key.substring(key.indexOf('/') + 1);
        for (var tag : tags.entrySet()) {
            if (tag.getKey().equalsIgnoreCase(name)) {
                return List.of(tag.getValue());
            }
        }
        return null;
    }
}
