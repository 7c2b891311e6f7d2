package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// CreateBucket, HeadBucket, DeleteBucket, ListBuckets and GetBucketLocation.
record BucketActions(S3Context store) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    private static final List<String> RESERVED_BEGINNINGS = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> RESERVED_ENDINGS =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final int MAX_DOCUMENT = 64 << 10;
    private static final int MAX_LISTED = 10_000;

    List<ApiOperation<S3Route>> all() {
        return List.of(
                ApiOperation.reading("ListBuckets", S3Route.of("GET /", this::list), "ListAllMyBuckets"),
                ApiOperation.changing("CreateBucket", S3Route.of("PUT /{Bucket}", this::create)),
                ApiOperation.reading("HeadBucket", S3Route.of("HEAD /{Bucket}", this::head), "ListBucket"),
                ApiOperation.changing("DeleteBucket", S3Route.of("DELETE /{Bucket}", this::delete)),
                ApiOperation.reading("GetBucketLocation", S3Route.of("GET /{Bucket}?location", this::location)));
    }

    AwsResponse list(S3Call call) {
        store.permissions.require(call, "arn:aws:s3:::*");
        var query = call.request().query();
        var prefix = query.get("prefix", "");
        var after = query.get("continuation-token", "");
        int max = WholeNumbers.parse(
                query.get("max-buckets", Integer.toString(MAX_LISTED)), "max-buckets", 1, MAX_LISTED);
        var found = store.buckets.all().stream()
                .filter(bucket ->
                        bucket.name().startsWith(prefix) && bucket.name().compareTo(after) > 0)
                .limit(max + 1L)
                .toList();
        var xml = new Xml().open("ListAllMyBucketsResult", S3Xml.NAMESPACE);
        S3Xml.owner(xml, "Owner", store.account);
        xml.open("Buckets");
        for (var bucket : found.subList(0, Math.min(max, found.size()))) {
            xml.open("Bucket").element("Name", bucket.name());
            xml.element("CreationDate", S3Xml.date(bucket.created()));
            xml.element("BucketRegion", store.account.region())
                    .element("BucketArn", bucket.arn())
                    .close();
        }
        xml.close();
        if (found.size() > max) {
            xml.element("ContinuationToken", found.get(max - 1).name());
        }
        if (!prefix.isEmpty()) {
            xml.element("Prefix", prefix);
        }
        return S3Xml.answer(xml.close());
    }

    AwsResponse create(S3Call call) throws IOException {
        var name = call.bucket();
        if (!isName(name)) {
            throw S3Error.invalidBucketName(name);
        }
        var configuration = configuration(call);
        var location = configuration == null ? null : configuration.get("LocationConstraint");
        store.permissions.requireOnNew(call, "arn:aws:s3:::" + name, location);
        checkLocation(location);
        checkOwnership(call);
        var tags = configuration == null ? Map.<String, String>of() : tags(configuration);
        var isLocked = "true".equalsIgnoreCase(call.header("x-amz-bucket-object-lock-enabled"));
        long ticket = store.buckets.create(new Change.BucketCreated(name, store.now()));
        if (ticket < 0) {
            // The bucket is the caller's own: one account is all there is. us-east-1 alone answers 200 here.
            if (!store.account.region().equals("us-east-1")) {
                throw new AwsError(
                                409,
                                "BucketAlreadyOwnedByYou",
                                "Your previous request to create the named bucket succeeded and you already own it.")
                        .with("BucketName", name);
            }
            // What made it may not be on the disk yet.
            store.buckets.await(store.locked(store.bucket(call), store.buckets::changed));
        } else {
            store.buckets.await(ticket);
            if (isLocked) {
                var bucket = store.bucket(call);
                store.change(bucket, new Change.BucketSet(name, BucketSetting.VERSIONING, "Enabled"));
                store.change(bucket, new Change.BucketSet(name, BucketSetting.OBJECT_LOCK, ObjectLock.ENABLED));
            }
            if (!tags.isEmpty()) {
                var bucket = store.bucket(call);
                var document = Tags.document(tags).toString();
                store.change(bucket, new Change.BucketSet(name, BucketSetting.TAGGING, document));
            }
        }
        return AwsResponse.of(200).with("Location", "/" + name).with("x-amz-bucket-arn", "arn:aws:s3:::" + name);
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches()
                && !name.contains("..")
                && !ADDRESS.matcher(name).matches()
                && RESERVED_BEGINNINGS.stream().noneMatch(name::startsWith)
                && RESERVED_ENDINGS.stream().noneMatch(name::endsWith);
    }

    private static @Nullable XmlElement configuration(S3Call call) throws IOException {
        var document = S3Xml.document(call, MAX_DOCUMENT);
        return document.length == 0 ? null : XmlElement.parse(document, "CreateBucketConfiguration");
    }

    /// There is one Region. That `us-east-1` is asked for by naming none is S3's rule.
    private void checkLocation(@Nullable String location) {
        var region = store.account.region();
        if (location == null || location.isEmpty()) {
            return;
        }
        var asked = location.equals("EU") ? "eu-west-1" : location.strip();
        if (asked.equals("us-east-1") || !asked.matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
            throw new AwsError(400, "InvalidLocationConstraint", "The specified location-constraint is not valid")
                    .with("LocationConstraint", location);
        }
        if (!asked.equals(region)) {
            throw new AwsError(
                    400,
                    "IllegalLocationConstraintException",
                    "The " + location + " location constraint is incompatible for the region specific endpoint this "
                            + "request was sent to.");
        }
    }

    private static void checkOwnership(S3Call call) {
        var acl = call.header("x-amz-acl");
        if (acl != null && !acl.equals("private")
                || ObjectHeaders.hasGrants(call.request().headers())) {
            throw new AwsError(
                    400,
                    "InvalidBucketAclWithObjectOwnership",
                    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
        }
        var ownership = call.header("x-amz-object-ownership");
        if (ownership != null && !ownership.equals("BucketOwnerEnforced")) {
            throw S3Error.notImplemented("object ownership other than BucketOwnerEnforced, here " + ownership);
        }
        var namespace = call.header("x-amz-bucket-namespace");
        if (namespace != null && !namespace.equals("global")) {
            throw S3Error.notImplemented("buckets of a namespace other than global, here " + namespace);
        }
    }

    private static Map<String, String> tags(XmlElement configuration) {
        for (var child : configuration.children()) {
            if (!List.of("LocationConstraint", "Tags").contains(child.name())) {
                throw S3Error.notImplemented("a bucket's " + child.name());
            }
        }
        var tags = configuration.child("Tags");
        return tags == null ? Map.of() : Tags.ofNewBucket(tags);
    }

    AwsResponse head(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        return AwsResponse.of(200)
                .with("x-amz-bucket-region", store.account.region())
                .with("x-amz-bucket-arn", bucket.arn())
                .with("x-amz-access-point-alias", "false")
                .with("Content-Type", "application/xml");
    }

    AwsResponse delete(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        store.buckets.await(store.locked(bucket, () -> {
            if (!bucket.versions.isEmpty()) {
                var message = bucket.knowsVersions()
                        ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
                        : "The bucket you tried to delete is not empty";
                throw new AwsError(409, "BucketNotEmpty", message).with("BucketName", bucket.name());
            }
            return store.buckets.change(new Change.BucketDeleted(bucket.name()));
        }));
        return AwsResponse.of(204);
    }

    AwsResponse location(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var region = store.account.region();
        var constraint = region.equals("us-east-1") ? "" : region;
        return AwsResponse.of(
                200,
                "application/xml",
                ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"" + S3Xml.NAMESPACE + "\">"
                                + constraint + "</LocationConstraint>")
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
