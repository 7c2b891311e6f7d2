package dev.baton.lambda.simulation;

import dev.baton.lambda.simulation.ObjectStore.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// S3's answers: conditional writes, versions, listings, checksums.
final class SimulatedS3 {
    private static final String CHECKSUM = "x-amz-checksum-sha256";

    private final ObjectStore objects;
    private final BiConsumer<String, String> created;

    /// @param created is told bucket and key of every object that is written
    SimulatedS3(ObjectStore objects, BiConsumer<String, String> created) {
        this.objects = objects;
        this.created = created;
    }

    Reply handle(Wire wire) {
        var slash = wire.subject().indexOf('/');
        var bucket = slash < 0 ? wire.subject() : wire.subject().substring(0, slash);
        var key = slash < 0 ? "" : wire.subject().substring(slash + 1);
        if (wire.query("list-type") != null) {
            return list(bucket, String.valueOf(wire.query("prefix")));
        }
        if (wire.query("versions") != null) {
            return versions(bucket, String.valueOf(wire.query("prefix")));
        }
        return switch (wire.method()) {
            case "PUT" -> write(bucket, key, wire);
            case "DELETE" -> delete(bucket, key, wire);
            case "GET", "HEAD" -> read(wire.method().equals("HEAD"), bucket, key, wire.query("versionId"));
            default -> throw new IllegalArgumentException(wire.told() + " is not simulated");
        };
    }

    private Reply write(String bucket, String key, Wire wire) {
        var refused = refused(objects.current(bucket, key), wire);
        if (refused != null) {
            return refused;
        }
        var headers = wire.headers("x-amz-meta-", CHECKSUM);
        var sum = headers.get(CHECKSUM);
        if (sum != null && !sum.equals(Base64.getEncoder().encodeToString(sha256(wire.body())))) {
            return Reply.refused(400, "BadDigest");
        }
        headers.put("content-type", String.valueOf(wire.header("Content-Type")));
        var version = objects.put(bucket, key, wire.body(), headers);
        created.accept(bucket, key);
        return new Reply(200, Map.of("ETag", version.etag(), "x-amz-version-id", version.id()), new byte[0]);
    }

    private Reply delete(String bucket, String key, Wire wire) {
        var current = objects.current(bucket, key);
        var refused = refused(current, wire);
        if (refused != null) {
            return refused;
        }
        if (current != null) {
            objects.put(bucket, key, null, Map.of());
        }
        return new Reply(204, Map.of(), new byte[0]);
    }

    private static @Nullable Reply refused(@Nullable Version current, Wire wire) {
        var match = wire.header("If-Match");
        if (match != null && current == null) {
            return Reply.refused(404, "NoSuchKey");
        }
        return (match != null && !match.equals(current.etag()))
                        || (wire.header("If-None-Match") != null && current != null)
                ? Reply.refused(412, "PreconditionFailed")
                : null;
    }

    private Reply read(boolean head, String bucket, String key, @Nullable String id) {
        var found = id == null ? objects.current(bucket, key) : objects.version(bucket, key, id);
        if (found == null || found.content() == null) {
            return Reply.refused(404, id == null ? "NoSuchKey" : "NoSuchVersion");
        }
        var headers = new HashMap<>(found.headers());
        headers.remove(CHECKSUM);
        if (head && found.headers().containsKey(CHECKSUM)) {
            headers.put(CHECKSUM, found.headers().get(CHECKSUM));
            headers.put("x-amz-checksum-type", "FULL_OBJECT");
        }
        headers.put("ETag", found.etag());
        headers.put("x-amz-version-id", found.id());
        headers.put("Content-Length", Integer.toString(found.content().length));
        return new Reply(200, headers, head ? new byte[0] : found.content());
    }

    private Reply list(String bucket, String prefix) {
        var xml =
                new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>");
        objects.list(bucket, prefix)
                .forEach((key, version) -> xml.append("<Contents><Key>")
                        .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                        .append("</Key><ETag>")
                        .append(version.etag().replace("\"", "&quot;"))
                        .append("</ETag><Size>")
                        .append(version.content().length)
                        .append("</Size></Contents>"));
        return Reply.xml(200, xml.append("</ListBucketResult>").toString());
    }

    /// The newest version of the first key that begins so: nobody asks for more.
    private Reply versions(String bucket, String prefix) {
        var xml = new StringBuilder(
                "<ListVersionsResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>");
        var key = objects.first(bucket, prefix);
        if (key != null) {
            var newest = objects.versions(bucket, key).getLast();
            var element = newest.content() == null ? "DeleteMarker" : "Version";
            xml.append('<')
                    .append(element)
                    .append("><Key>")
                    .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                    .append("</Key><VersionId>")
                    .append(newest.id())
                    .append("</VersionId><IsLatest>true</IsLatest></")
                    .append(element)
                    .append('>');
        }
        return Reply.xml(200, xml.append("</ListVersionsResult>").toString());
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
