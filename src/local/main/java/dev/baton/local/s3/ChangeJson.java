package dev.baton.local.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    static Change change(Map<String, @Nullable Object> json) {
        var bucket = text(json, "bucket");
        return switch (text(json, "change")) {
            case "bucketCreated" -> new Change.BucketCreated(bucket, Instant.parse(text(json, "at")));
            case "bucketDeleted" -> new Change.BucketDeleted(bucket);
            case "bucketSet" ->
                new Change.BucketSet(bucket, BucketSetting.valueOf(text(json, "setting")), (String) json.get("value"));
            case "versionAdded" -> new Change.VersionAdded(bucket, version(map(json, "version")));
            case "versionRemoved" -> new Change.VersionRemoved(bucket, text(json, "key"), text(json, "id"));
            case "versionTagged" ->
                new Change.VersionTagged(bucket, text(json, "key"), text(json, "id"), texts(json, "tags"));
            case "uploadBegun" -> new Change.UploadBegun(bucket, upload(map(json, "upload")));
            case "partAdded" ->
                new Change.PartAdded(bucket, text(json, "key"), text(json, "id"), part(map(json, "part")));
            case "uploadAborted" -> new Change.UploadAborted(bucket, text(json, "key"), text(json, "id"));
            case "uploadCompleted" ->
                new Change.UploadCompleted(bucket, text(json, "id"), version(map(json, "version")));
            default -> throw new IllegalArgumentException("no change that is known here: " + json.get("change"));
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

    private static ObjectVersion version(Map<String, @Nullable Object> json) {
        var parts = new ArrayList<Part>();
        for (var part : (List<?>) required(json, "parts")) {
            parts.add(part(cast(part)));
        }
        return new ObjectVersion(
                text(json, "key"),
                text(json, "id"),
                (boolean) required(json, "deleteMarker"),
                (long) required(json, "sequence"),
                Instant.parse(text(json, "modified")),
                text(json, "etag"),
                (long) required(json, "size"),
                metadata(map(json, "metadata")),
                json.get("checksum") == null ? null : checksum(map(json, "checksum")),
                parts,
                (boolean) required(json, "inParts"),
                texts(json, "tags"));
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

    private static Metadata metadata(Map<String, @Nullable Object> json) {
        return new Metadata(
                texts(json, "system"),
                texts(json, "user"),
                new Encryption(
                        text(json, "encryption"), (String) json.get("keyId"), (boolean) required(json, "bucketKey")),
                text(json, "storageClass"));
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

    private static Checksum checksum(Map<String, @Nullable Object> json) {
        return new Checksum(
                ChecksumAlgorithm.valueOf(text(json, "algorithm")),
                text(json, "value"),
                Checksum.Type.valueOf(text(json, "type")));
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

    private static Part part(Map<String, @Nullable Object> json) {
        long size = (long) required(json, "size");
        return new Part(
                (int) (long) required(json, "number"),
                size,
                text(json, "etag"),
                checksum(map(json, "checksum")),
                Instant.parse(text(json, "modified")),
                new Blob.InFile(text(json, "blob"), size));
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

    private static Upload upload(Map<String, @Nullable Object> json) {
        return new Upload(
                text(json, "id"),
                text(json, "key"),
                Instant.parse(text(json, "begun")),
                text(json, "initiator"),
                metadata(map(json, "metadata")),
                texts(json, "tags"),
                json.get("algorithm") instanceof String name ? ChecksumAlgorithm.valueOf(name) : null,
                json.get("type") instanceof String name ? Checksum.Type.valueOf(name) : null,
                Upload.noParts());
    }

    private static Object required(Map<String, @Nullable Object> json, String name) {
        var value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the journal lacks " + name);
        }
        return value;
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        return (String) required(json, name);
    }

    private static Map<String, @Nullable Object> map(Map<String, @Nullable Object> json, String name) {
        return cast(required(json, name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> cast(Object object) {
        return (Map<String, @Nullable Object>) object;
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> json, String name) {
        var texts = new LinkedHashMap<String, String>();
        map(json, name).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }
}
