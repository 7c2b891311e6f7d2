package dev.baton.local.s3;

import dev.baton.local.http.QueryParameters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a bucket or object a request is about, as the name of a query parameter says.
enum Subresource {
    NONE("\0"),
    VERSIONING("versioning", BucketSetting.VERSIONING),
    POLICY("policy", BucketSetting.POLICY),
    PUBLIC_ACCESS_BLOCK("publicAccessBlock", BucketSetting.PUBLIC_ACCESS_BLOCK),
    ENCRYPTION("encryption", BucketSetting.ENCRYPTION),
    NOTIFICATION("notification", BucketSetting.NOTIFICATION),
    TAGGING("tagging", BucketSetting.TAGGING),
    OWNERSHIP("ownershipControls", BucketSetting.OWNERSHIP),
    VERSIONS("versions"),
    UPLOADS("uploads"),
    UPLOAD_ID("uploadId"),
    LOCATION("location"),
    POLICY_STATUS("policyStatus"),
    ACL("acl"),
    ATTRIBUTES("attributes"),
    DELETE("delete");

    /// What S3 has and we have not. A `PUT` of one of these, taken for a plain one, would overwrite the object.
    private static final Set<String> UNKNOWN = Set.of(
            "abac",
            "accelerate",
            "analytics",
            "append",
            "cors",
            "encryptionConfiguration",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "logging",
            "metadataConfiguration",
            "metadataInventoryTable",
            "metadataJournalTable",
            "metadataTable",
            "metrics",
            "object-lock",
            "renameObject",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "select-type",
            "session",
            "torrent",
            "website");

    /// Parameters that clients send without a value, and mean nothing by it.
    private static final Set<String> MAY_BE_EMPTY = Set.of(
            "bucket-region",
            "continuation-token",
            "delimiter",
            "encoding-type",
            "fetch-owner",
            "key-marker",
            "list-type",
            "marker",
            "max-buckets",
            "max-keys",
            "max-parts",
            "max-uploads",
            "part-number-marker",
            "partNumber",
            "prefix",
            "start-after",
            "upload-id-marker",
            "version-id-marker",
            "versionId");

    private final String parameter;
    private final @Nullable BucketSetting setting;

    Subresource(String parameter) {
        this(parameter, null);
    }

    Subresource(String parameter, @Nullable BucketSetting setting) {
        this.parameter = parameter;
        this.setting = setting;
    }

    @Nullable
    BucketSetting setting() {
        return setting;
    }

    /// @throws dev.baton.local.http.AwsError `NotImplemented`
    static Subresource of(QueryParameters query) {
        if (query.size() == 0) {
            return NONE;
        }
        for (var name : UNKNOWN) {
            if (query.has(name)) {
                throw S3Error.notImplemented(name);
            }
        }
        for (var subresource : values()) {
            if (query.has(subresource.parameter)) {
                return subresource;
            }
        }
        query.each((name, value) -> {
            // A name alone is how S3 names what of a bucket or object is meant: what is not known is not there.
            if (value.isEmpty() && !MAY_BE_EMPTY.contains(name) && !isOfSignature(name)) {
                throw S3Error.notImplemented(name);
            }
        });
        return NONE;
    }

    private static boolean isOfSignature(String name) {
        return name.regionMatches(true, 0, "x-", 0, 2) || name.startsWith("response-");
    }
}
