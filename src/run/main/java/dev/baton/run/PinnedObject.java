package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One version of one object: what a run reads, and what a task made.
///
/// @param uri logical, `s3://lake/clean/seattle/2012.csv`
/// @param version the object's version id, opaque
/// @param sha256 of the whole content, 64 hexadecimal digits, if it is known
/// @param checksum another checksum of the whole content, as `algorithm:base64`, where no SHA-256 is known: uploads
///     carry a CRC unless they are told otherwise
/// @param size in bytes
public record PinnedObject(
        String uri,
        String version,
        @Nullable String sha256,
        @Nullable String checksum,
        long size) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /// An object of which no other checksum is known.
    public PinnedObject(String uri, String version, @Nullable String sha256, long size) {
        this(uri, version, sha256, null, size);
    }

    public PinnedObject {
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            throw new InvalidInput("a SHA-256 has 64 hexadecimal digits in lower case, but was " + sha256);
        }
    }

    /// What stands for the content in a fingerprint: its SHA-256, else another checksum, each with the size; else the
    /// version. Never an ETag, which under SSE-KMS and after a multipart upload says nothing of the content.
    public String identity() {
        if (sha256 != null) {
            return "sha256:" + sha256 + ":" + size;
        }
        return checksum == null ? "version:" + version : checksum + ":" + size;
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("uri", uri);
        json.put("version", version);
        if (sha256 != null) {
            json.put("sha256", sha256);
        }
        if (checksum != null) {
            json.put("checksum", checksum);
        }
        json.put("size", size);
        return json;
    }

    /// @throws InvalidInput with a sentence that calls the value `what`
    public static PinnedObject of(String what, @Nullable Object json) {
        return of(StrictFields.of(what, json));
    }

    static PinnedObject of(StrictFields fields) {
        return new PinnedObject(
                fields.string("uri"),
                fields.string("version"),
                fields.maybeString("sha256").orElse(null),
                fields.maybeString("checksum").orElse(null),
                fields.integer("size"));
    }
}
