package dev.baton.local.s3;

import dev.baton.local.http.PercentCode;
import dev.baton.local.iam.policy.RequestContext;
import org.jspecify.annotations.Nullable;

/// The source of a copy: `bucket/key?versionId=…`, percent-coded.
record CopySource(String bucket, String key, @Nullable String versionId) {
    private static final String HEADER = "x-amz-copy-source";

    static boolean isNamed(S3Call call) {
        return call.header(HEADER) != null;
    }

    static CopySource of(S3Call call) {
        var header = call.request().headers().get(HEADER, "");
        var path = header;
        String versionId = null;
        int question = path.indexOf("?versionId=");
        if (question >= 0) {
            versionId = PercentCode.decode(path.substring(question + "?versionId=".length()));
            path = path.substring(0, question);
        }
        // Clients code the slash between bucket and key or leave it; what counts is the decoded text.
        var decoded = PercentCode.decode(path.startsWith("/") ? path.substring(1) : path);
        int slash = decoded.indexOf('/');
        if (slash <= 0 || slash == decoded.length() - 1) {
            throw S3Error.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", HEADER, header);
        }
        return new CopySource(decoded.substring(0, slash), decoded.substring(slash + 1), versionId);
    }

    /// Asks for leave to read something of the source.
    ///
    /// @param what the end of the action's name, such as `Tagging`
    void require(S3Call call, S3Context store, Bucket from, String what, @Nullable ObjectVersion existing) {
        store.permissions.requireOnOther(
                call,
                (versionId == null ? "s3:GetObject" : "s3:GetObjectVersion") + what,
                from,
                key,
                existing,
                RequestContext.builder().put("s3:VersionId", versionId).build());
    }

    /// The source, which the caller may read.
    ObjectVersion authorized(S3Call call, S3Context store, Bucket from) {
        var existing = versionId == null ? from.current(key) : from.version(key, versionId);
        require(call, store, from, "", existing);
        if (versionId != null && existing != null && existing.deleteMarker()) {
            throw S3Error.invalidRequest(
                    "The source of a copy request may not specifically refer to a delete marker by version id.");
        }
        var version = store.find(call, from, key, versionId);
        if (version.metadata().isArchived()) {
            throw S3Error.archived(version);
        }
        store.permissions.requireKms(call, "kms:Decrypt", version.metadata().encryption(), from, key);
        return version;
    }
}
