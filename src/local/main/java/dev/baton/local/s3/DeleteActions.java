package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.http.Xml;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiOperation;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DeleteObject and DeleteObjects.
record DeleteActions(S3Context store) {
    private static final int MAX_KEYS = 1_000;
    private static final int MAX_DOCUMENT = 4 << 20;

    List<ApiOperation<S3Route>> all() {
        return List.of(
                ApiOperation.changing(
                        "DeleteObject",
                        S3Route.of("DELETE /{Bucket}/{Key+}", this::delete),
                        "DeleteObject",
                        "DeleteObjectVersion",
                        "GetObject"),
                ApiOperation.changing(
                        "DeleteObjects",
                        S3Route.of("POST /{Bucket}?delete", this::deleteAll),
                        "DeleteObject",
                        "DeleteObjectVersion",
                        "GetObject"));
    }

    /// The fate of one key.
    ///
    /// @param version the version that is gone, or the delete marker that was added; nothing where there was nothing
    /// @param removed whether the version was removed for good
    private record Outcome(@Nullable ObjectVersion version, boolean removed) {}

    AwsResponse delete(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        var outcome = delete(
                call,
                bucket,
                call.key(),
                call.versionId(),
                Conditions.of(call.request().headers()));
        var response = AwsResponse.of(204);
        var version = outcome.version();
        if (version != null && bucket.knowsVersions()) {
            response.with("x-amz-version-id", version.id());
            response.with("x-amz-delete-marker", version.deleteMarker() ? "true" : null);
        }
        return response;
    }

    private Outcome delete(S3Call call, Bucket bucket, String key, @Nullable String versionId, Conditions conditions)
            throws IOException {
        if (versionId != null && versionId.isEmpty()) {
            throw S3Error.invalidArgument("Version id cannot be the empty string", "versionId", versionId);
        }
        if (versionId != null && conditions.ifMatch() != null) {
            throw S3Error.notImplemented("If-Match for one version of an object");
        }
        authorize(call, bucket, key, versionId, conditions.ifMatch());
        record Done(Outcome outcome, long ticket) {}
        var before = bucket.current(key);
        var now = store.now();
        long sequence = store.buckets.nextSequence(now.toEpochMilli());
        var done = store.locked(bucket, () -> {
            if (conditions.ifMatch() != null) {
                conditions.checkWrite(key, bucket.current(key), before);
            }
            if (versionId != null) {
                var target = bucket.version(key, versionId);
                return target == null
                        ? new Done(new Outcome(null, false), store.buckets.changed())
                        : new Done(new Outcome(target, true), remove(bucket, target));
            }
            if (!bucket.knowsVersions()) {
                var latest = bucket.latest(key);
                return latest == null
                        ? new Done(new Outcome(null, false), store.buckets.changed())
                        : new Done(new Outcome(latest, true), remove(bucket, latest));
            }
            var marker = ObjectVersion.marker(key, store.newVersionId(bucket), sequence, now);
            return new Done(
                    new Outcome(marker, false), store.buckets.change(new Change.VersionAdded(bucket.name(), marker)));
        });
        store.buckets.await(done.ticket());
        var gone = done.outcome().version();
        if (gone != null) {
            store.events.deleted(call, bucket, gone, done.outcome().removed(), now, sequence);
        }
        return done.outcome();
    }

    private void authorize(
            S3Call call, Bucket bucket, String key, @Nullable String versionId, @Nullable String ifMatch) {
        var own = RequestContext.builder()
                .put("s3:VersionId", versionId)
                .put("s3:if-match", ifMatch)
                .build();
        var action = versionId == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
        store.permissions.requireOnOther(call, action, bucket, key, null, own);
        if (ifMatch != null && !ifMatch.equals("*")) {
            // Whoever could probe ETags could read a little.
            store.permissions.requireOnOther(call, "s3:GetObject", bucket, key, bucket.current(key), own);
        }
    }

    private long remove(Bucket bucket, ObjectVersion version) {
        ObjectLock.checkRemoval(version, store.now());
        return store.buckets.change(new Change.VersionRemoved(bucket.name(), version.key(), version.id()));
    }

    AwsResponse deleteAll(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        BodyReader.requireDigest(call.request().headers());
        var document = XmlElement.parse(S3Xml.document(call, MAX_DOCUMENT), "Delete");
        boolean quiet = "true".equalsIgnoreCase(document.get("Quiet"));
        var objects = document.all("Object");
        if (objects.isEmpty() || objects.size() > MAX_KEYS) {
            throw S3Error.malformedXml();
        }
        var xml = new Xml().open("DeleteResult", S3Xml.NAMESPACE);
        for (var object : objects) {
            var key = object.get("Key");
            if (key == null || key.isEmpty()) {
                throw S3Error.malformedXml();
            }
            var versionId = object.get("VersionId");
            try {
                var outcome = delete(call, bucket, key, versionId, Conditions.ofObject(object.get("ETag")));
                if (!quiet) {
                    deleted(xml, bucket, key, versionId, outcome);
                }
            } catch (ServiceRefusal refusal) {
                // S3's code of what is denied is the one before any protocol gives it another.
                error(xml, key, versionId, refusal.error().code(), refusal.message());
            }
        }
        return S3Xml.answer(xml.close());
    }

    private static void deleted(Xml xml, Bucket bucket, String key, @Nullable String versionId, Outcome outcome) {
        xml.open("Deleted").element("Key", key).elementIf("VersionId", versionId);
        var version = outcome.version();
        if (version != null && version.deleteMarker() && bucket.knowsVersions()) {
            xml.element("DeleteMarker", true).element("DeleteMarkerVersionId", version.id());
        }
        xml.close();
    }

    private static void error(Xml xml, String key, @Nullable String versionId, String code, String message) {
        xml.open("Error").element("Key", key).elementIf("VersionId", versionId);
        xml.element("Code", code).element("Message", message).close();
    }
}
