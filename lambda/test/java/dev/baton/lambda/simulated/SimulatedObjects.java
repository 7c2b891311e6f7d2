package dev.baton.lambda.simulated;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Versioned buckets, as far as Baton's handlers use S3: strongly consistent, conditional writes atomic.
public final class SimulatedObjects {
    /// Counts for all buckets that ever were: functions outlive a simulated AWS and remember ETags.
    private static final AtomicLong WRITES = new AtomicLong();

    private final Map<String, TreeMap<String, List<Version>>> buckets = new LinkedHashMap<>();

    /// One version of an object.
    public record Version(String id, String etag, byte[] content, Map<String, String> headers) {
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        public @Nullable String metadata(String name) {
            return headers.get("x-amz-meta-" + name);
        }
    }

    public Version put(String bucket, String key, String content) {
        return put(bucket, key, content.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    synchronized Version put(String bucket, String key, byte[] content, Map<String, String> headers) {
        var number = WRITES.incrementAndGet();
        var version = new Version("v" + number, "\"e" + number + "\"", content, Map.copyOf(headers));
        buckets.computeIfAbsent(bucket, name -> new TreeMap<>())
                .computeIfAbsent(key, name -> new ArrayList<>())
                .add(version);
        return version;
    }

    public synchronized void delete(String bucket, String key) {
        buckets.getOrDefault(bucket, new TreeMap<>()).remove(key);
    }

    public synchronized List<Version> versions(String bucket, String key) {
        return List.copyOf(buckets.getOrDefault(bucket, new TreeMap<>()).getOrDefault(key, List.of()));
    }

    public @Nullable Version current(String bucket, String key) {
        var all = versions(bucket, key);
        return all.isEmpty() ? null : all.getLast();
    }

    public synchronized List<String> keys(String bucket, String prefix) {
        return buckets.getOrDefault(bucket, new TreeMap<>()).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .toList();
    }

    /// Somebody deletes an object.
    public synchronized void remove(String bucket, String key) {
        buckets.getOrDefault(bucket, new TreeMap<>()).remove(key);
    }

    synchronized Reply handle(String method, String bucket, String key, Map<String, String> query, Call call) {
        if (query.containsKey("list-type")) {
            return list(bucket, query.getOrDefault("prefix", ""));
        }
        if (query.containsKey("versions")) {
            return listVersions(bucket, query.getOrDefault("prefix", ""));
        }
        return switch (method) {
            case "PUT" -> write(bucket, key, call);
            case "DELETE" -> delete(bucket, key, call);
            case "GET", "HEAD" -> read(method, bucket, key, query.get("versionId"));
            default -> throw new IllegalArgumentException(method + " is not simulated");
        };
    }

    private Reply write(String bucket, String key, Call call) {
        var current = current(bucket, key);
        var ifMatch = call.header("If-Match");
        if (ifMatch != null && current == null) {
            return error(404, "NoSuchKey");
        }
        if ((ifMatch != null && !ifMatch.equals(current.etag()))
                || (call.header("If-None-Match") != null && current != null)) {
            return error(412, "PreconditionFailed");
        }
        var version = put(bucket, key, call.body(), call.headers("x-amz-meta-", "x-amz-checksum-sha256"));
        return new Reply(200, Map.of("ETag", version.etag(), "x-amz-version-id", version.id()), new byte[0]);
    }

    private Reply delete(String bucket, String key, Call call) {
        var current = current(bucket, key);
        var ifMatch = call.header("If-Match");
        if (ifMatch != null && current == null) {
            return error(404, "NoSuchKey");
        }
        if (ifMatch != null && !ifMatch.equals(current.etag())) {
            return error(412, "PreconditionFailed");
        }
        buckets.getOrDefault(bucket, new TreeMap<>()).remove(key);
        return new Reply(204, Map.of(), new byte[0]);
    }

    private Reply read(String method, String bucket, String key, @Nullable String id) {
        var found = versions(bucket, key).stream()
                .filter(version -> id == null || version.id().equals(id))
                .reduce((earlier, later) -> later)
                .orElse(null);
        if (found == null) {
            return error(404, id == null ? "NoSuchKey" : "NoSuchVersion");
        }
        var headers = new LinkedHashMap<>(found.headers());
        headers.remove("x-amz-checksum-sha256");
        if (method.equals("HEAD") && found.headers().containsKey("x-amz-checksum-sha256")) {
            headers.put("x-amz-checksum-sha256", found.headers().get("x-amz-checksum-sha256"));
            headers.put("x-amz-checksum-type", "FULL_OBJECT");
        }
        headers.put("ETag", found.etag());
        headers.put("x-amz-version-id", found.id());
        headers.put("Content-Length", Integer.toString(found.content().length));
        return new Reply(200, headers, method.equals("HEAD") ? new byte[0] : found.content());
    }

    private Reply list(String bucket, String prefix) {
        var xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>");
        for (var key : keys(bucket, prefix)) {
            xml.append("<Contents><Key>")
                    .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                    .append("</Key><ETag>")
                    .append(current(bucket, key).etag().replace("\"", "&quot;"))
                    .append("</ETag></Contents>");
        }
        return Reply.xml(200, xml.append("</ListBucketResult>").toString());
    }

    private Reply listVersions(String bucket, String prefix) {
        var xml = new StringBuilder("<ListVersionsResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>");
        for (var key : keys(bucket, prefix)) {
            xml.append("<Version><Key>")
                    .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                    .append("</Key><IsLatest>true</IsLatest><VersionId>")
                    .append(current(bucket, key).id())
                    .append("</VersionId></Version>");
        }
        return Reply.xml(200, xml.append("</ListVersionsResult>").toString());
    }

    static Reply error(int status, String code) {
        return Reply.xml(status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }

    /// What came over the wire.
    interface Call {
        @Nullable String header(String name);

        Map<String, String> headers(String... prefixes);

        byte[] body();
    }

    /// What goes back.
    record Reply(int status, Map<String, String> headers, byte[] body) {
        static Reply xml(int status, String xml) {
            return new Reply(status, Map.of("Content-Type", "application/xml"), xml.getBytes(StandardCharsets.UTF_8));
        }

        static Reply json(int status, String json) {
            return new Reply(
                    status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
