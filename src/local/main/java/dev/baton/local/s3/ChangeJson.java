package dev.baton.local.s3;

import dev.baton.local.internal.StoredJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes as JSON, for the journal, and back.
final class ChangeJson {
    private ChangeJson() {}

    static Map<String, @Nullable Object> json(Change change) {
        return switch (change) {
            case Change.BucketCreated(var bucket, var at) -> object("bucketCreated", bucket, "at", at.toString());
            case Change.BucketDeleted(var bucket) -> object("bucketDeleted", bucket);
            case Change.BucketSet(var bucket, var setting, var value) ->
                object("bucketSet", bucket, "setting", setting.name(), "value", value);
            case Change.VersionAdded(var bucket, var version) ->
                object("versionAdded", bucket, "version", version(version));
            case Change.VersionRemoved(var bucket, var key, var id) ->
                object("versionRemoved", bucket, "key", key, "id", id);
            case Change.VersionTagged(var bucket, var key, var id, var tags) ->
                object("versionTagged", bucket, "key", key, "id", id, "tags", tags);
            case Change.UploadBegun(var bucket, var upload) -> object("uploadBegun", bucket, "upload", upload(upload));
            case Change.PartAdded(var bucket, var key, var uploadId, var part) ->
                object("partAdded", bucket, "key", key, "id", uploadId, "part", part(part));
            case Change.UploadAborted(var bucket, var key, var uploadId) ->
                object("uploadAborted", bucket, "key", key, "id", uploadId);
            case Change.UploadCompleted(var bucket, var uploadId, var version) ->
                object("uploadCompleted", bucket, "id", uploadId, "version", version(version));
        };
    }

    static Change change(StoredJson json) {
        var bucket = json.text("bucket");
        return switch (json.text("change")) {
            case "bucketCreated" -> new Change.BucketCreated(bucket, json.time("at"));
            case "bucketDeleted" -> new Change.BucketDeleted(bucket);
            case "bucketSet" ->
                new Change.BucketSet(bucket, BucketSetting.valueOf(json.text("setting")), json.textIf("value"));
            case "versionAdded" -> new Change.VersionAdded(bucket, version(json.object("version")));
            case "versionRemoved" -> new Change.VersionRemoved(bucket, json.text("key"), json.text("id"));
            case "versionTagged" ->
                new Change.VersionTagged(bucket, json.text("key"), json.text("id"), json.map("tags"));
            case "uploadBegun" -> new Change.UploadBegun(bucket, upload(json.object("upload")));
            case "partAdded" ->
                new Change.PartAdded(bucket, json.text("key"), json.text("id"), part(json.object("part")));
            case "uploadAborted" -> new Change.UploadAborted(bucket, json.text("key"), json.text("id"));
            case "uploadCompleted" ->
                new Change.UploadCompleted(bucket, json.text("id"), version(json.object("version")));
            default -> throw new IllegalArgumentException("no change that is known here: " + json.text("change"));
        };
    }

    private static Map<String, @Nullable Object> object(String change, String bucket, @Nullable Object... more) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("change", change);
        object.put("bucket", bucket);
        for (int i = 0; i < more.length; i += 2) {
            object.put(String.valueOf(more[i]), more[i + 1]);
        }
        return object;
    }

    private static Map<String, @Nullable Object> version(ObjectVersion version) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("key", version.key());
        json.put("id", version.id());
        json.put("deleteMarker", version.deleteMarker());
        json.put("sequence", version.sequence());
        json.put("modified", version.modified().toString());
        json.put("etag", version.etag());
        json.put("size", version.size());
        json.put("metadata", metadata(version.metadata()));
        json.put("checksum", checksum(version.checksum()));
        json.put("parts", version.parts().stream().map(ChangeJson::part).toList());
        json.put("inParts", version.inParts());
        json.put("tags", version.tags());
        return json;
    }

    private static ObjectVersion version(StoredJson json) {
        return new ObjectVersion(
                json.text("key"),
                json.text("id"),
                json.flag("deleteMarker"),
                json.number("sequence"),
                json.time("modified"),
                json.text("etag"),
                json.number("size"),
                metadata(json.object("metadata")),
                json.has("checksum") ? checksum(json.object("checksum")) : null,
                json.objects("parts").stream().map(ChangeJson::part).toList(),
                json.flag("inParts"),
                json.map("tags"));
    }

    private static Map<String, @Nullable Object> metadata(Metadata metadata) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("system", metadata.system());
        json.put("user", metadata.user());
        json.put("encryption", metadata.encryption().algorithm());
        json.put("keyId", metadata.encryption().keyId());
        json.put("bucketKey", metadata.encryption().bucketKey());
        json.put("storageClass", metadata.storageClass());
        return json;
    }

    private static Metadata metadata(StoredJson json) {
        return new Metadata(
                json.map("system"),
                json.map("user"),
                new Encryption(json.text("encryption"), json.textIf("keyId"), json.flag("bucketKey")),
                json.text("storageClass"));
    }

    private static @Nullable Map<String, @Nullable Object> checksum(@Nullable Checksum checksum) {
        if (checksum == null) {
            return null;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("algorithm", checksum.algorithm().name());
        json.put("value", checksum.value());
        json.put("type", checksum.type().name());
        return json;
    }

    private static Checksum checksum(StoredJson json) {
        return new Checksum(
                ChecksumAlgorithm.valueOf(json.text("algorithm")),
                json.text("value"),
                Checksum.Type.valueOf(json.text("type")));
    }

    private static Map<String, @Nullable Object> part(Part part) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("number", (long) part.number());
        json.put("size", part.size());
        json.put("etag", part.etag());
        json.put("checksum", checksum(part.checksum()));
        json.put("modified", part.modified().toString());
        json.put(
                "blob",
                switch (part.blob()) {
                    case Blob.InFile file -> file.id();
                    case Blob.InMemory memory ->
                        throw new IllegalArgumentException("a journal keeps no bytes: " + memory);
                });
        return json;
    }

    private static Part part(StoredJson json) {
        long size = json.number("size");
        return new Part(
                json.integer("number"),
                size,
                json.text("etag"),
                checksum(json.object("checksum")),
                json.time("modified"),
                new Blob.InFile(json.text("blob"), size));
    }

    private static Map<String, @Nullable Object> upload(Upload upload) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", upload.id());
        json.put("key", upload.key());
        json.put("begun", upload.begun().toString());
        json.put("initiator", upload.initiator());
        json.put("metadata", metadata(upload.metadata()));
        json.put("tags", upload.tags());
        var algorithm = upload.checksumAlgorithm();
        json.put("algorithm", algorithm == null ? null : algorithm.name());
        var type = upload.checksumType();
        json.put("type", type == null ? null : type.name());
        return json;
    }

    private static Upload upload(StoredJson json) {
        return new Upload(
                json.text("id"),
                json.text("key"),
                json.time("begun"),
                json.text("initiator"),
                metadata(json.object("metadata")),
                json.map("tags"),
                json.has("algorithm") ? ChecksumAlgorithm.valueOf(json.text("algorithm")) : null,
                json.has("type") ? Checksum.Type.valueOf(json.text("type")) : null,
                Upload.noParts());
    }
}
