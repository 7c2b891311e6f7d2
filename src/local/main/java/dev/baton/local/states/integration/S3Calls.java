package dev.baton.local.states.integration;

import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Headers;
import dev.baton.local.http.PercentCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// S3 as SDK integrations call it: parameters in, headers and XML of the answer out as JSON.
record S3Calls(ServiceCalls calls) {
    /// Parameters that travel as headers.
    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("ContentType", "Content-Type"),
            Map.entry("CacheControl", "Cache-Control"),
            Map.entry("ContentDisposition", "Content-Disposition"),
            Map.entry("ContentLanguage", "Content-Language"),
            Map.entry("ContentMD5", "Content-MD5"),
            Map.entry("Expires", "Expires"),
            Map.entry("IfModifiedSince", "If-Modified-Since"),
            Map.entry("IfUnmodifiedSince", "If-Unmodified-Since"),
            Map.entry("ExpectedBucketOwner", "x-amz-expected-bucket-owner"),
            Map.entry("ExpectedSourceBucketOwner", "x-amz-source-expected-bucket-owner"),
            Map.entry("ACL", "x-amz-acl"),
            Map.entry("WebsiteRedirectLocation", "x-amz-website-redirect-location"),
            Map.entry("TaggingDirective", "x-amz-tagging-directive"),
            Map.entry("CopySourceIfMatch", "x-amz-copy-source-if-match"),
            Map.entry("CopySourceIfNoneMatch", "x-amz-copy-source-if-none-match"),
            Map.entry("ChecksumMode", "x-amz-checksum-mode"),
            Map.entry("ChecksumCRC32", "x-amz-checksum-crc32"),
            Map.entry("ChecksumSHA256", "x-amz-checksum-sha256"),
            Map.entry("ContentEncoding", "Content-Encoding"),
            Map.entry("IfMatch", "If-Match"),
            Map.entry("IfNoneMatch", "If-None-Match"),
            Map.entry("Range", "Range"),
            Map.entry("CopySource", "x-amz-copy-source"),
            Map.entry("MetadataDirective", "x-amz-metadata-directive"),
            Map.entry("ServerSideEncryption", "x-amz-server-side-encryption"),
            Map.entry("SSEKMSKeyId", "x-amz-server-side-encryption-aws-kms-key-id"),
            Map.entry("StorageClass", "x-amz-storage-class"),
            Map.entry("Tagging", "x-amz-tagging"));

    /// Parameters that travel in the query.
    private static final Map<String, String> QUERY = Map.ofEntries(
            Map.entry("VersionId", "versionId"),
            Map.entry("Prefix", "prefix"),
            Map.entry("Delimiter", "delimiter"),
            Map.entry("MaxKeys", "max-keys"),
            Map.entry("StartAfter", "start-after"),
            Map.entry("ContinuationToken", "continuation-token"),
            Map.entry("EncodingType", "encoding-type"),
            Map.entry("FetchOwner", "fetch-owner"),
            Map.entry("PartNumber", "partNumber"));

    /// Headers of answers, by the members that they become.
    private static final Map<String, String> ANSWERED = Map.ofEntries(
            Map.entry("Accept-Ranges", "AcceptRanges"),
            Map.entry("Content-Length", "ContentLength"),
            Map.entry("Content-Type", "ContentType"),
            Map.entry("ETag", "ETag"),
            Map.entry("Last-Modified", "LastModified"),
            Map.entry("x-amz-version-id", "VersionId"),
            Map.entry("x-amz-server-side-encryption", "ServerSideEncryption"),
            Map.entry("x-amz-server-side-encryption-aws-kms-key-id", "SSEKMSKeyId"),
            Map.entry("x-amz-checksum-crc32", "ChecksumCRC32"),
            Map.entry("x-amz-checksum-sha256", "ChecksumSHA256"),
            Map.entry("x-amz-checksum-type", "ChecksumType"),
            Map.entry("x-amz-delete-marker", "DeleteMarker"));

    /// What an action says in its path or body, or, as the algorithm of a checksum that the SDK makes of the body on
    /// its way, says nothing that matters where body and store are in one process.
    private static final Set<String> ELSEWHERE = Set.of("Bucket", "Key", "Body", "Metadata", "ChecksumAlgorithm");

    Map<String, @Nullable Object> call(Caller caller, String action, Map<String, @Nullable Object> parameters) {
        return switch (action) {
            case "getObject" -> {
                var answer = send(caller, "GET", parameters, "", new byte[0]);
                var object = headers(answer, answer.bytes().length);
                object.put("Body", new String(answer.bytes(), StandardCharsets.UTF_8));
                yield object;
            }
            case "headObject" -> headers(send(caller, "HEAD", parameters, "", new byte[0]), -1);
            case "putObject" -> headers(send(caller, "PUT", parameters, "", body(parameters)), -1);
            case "deleteObject" -> headers(send(caller, "DELETE", parameters, "", new byte[0]), -1);
            case "copyObject" -> {
                var answer = send(caller, "PUT", parameters, "", new byte[0]);
                var object = headers(answer, -1);
                object.put("CopyObjectResult", XmlObject.parse(answer.bytes()));
                yield object;
            }
            case "headBucket" -> headers(send(caller, "HEAD", parameters, "", new byte[0]), -1);
            case "listObjectsV2" -> listing(send(caller, "GET", parameters, "list-type=2", new byte[0]));
            case "listBuckets" ->
                XmlObject.parse(send(caller, "GET", parameters, "", new byte[0]).bytes());
            default ->
                throw new AwsError(400, "UnknownOperation", "The embedded AWS has no integration s3:" + action + ".");
        };
    }

    private static byte[] body(Map<String, @Nullable Object> parameters) {
        var body = parameters.get("Body");
        return body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
    }

    ServiceCalls.Answer send(
            Caller caller, String method, Map<String, @Nullable Object> parameters, String query, byte[] content) {
        var path = new StringBuilder("/");
        if (parameters.get("Bucket") instanceof String bucket) {
            PercentCode.encode(bucket, false, path);
        }
        if (parameters.get("Key") instanceof String key) {
            path.append('/');
            PercentCode.encode(key, true, path);
        }
        var rawQuery = new StringBuilder(query);
        var headers = new Headers();
        headers.add("Content-Length", Integer.toString(content.length));
        parameters.forEach((name, value) -> {
            if (!HEADERS.containsKey(name) && !QUERY.containsKey(name) && !ELSEWHERE.contains(name)) {
                throw new AwsError(501, "NotImplemented", "The embedded AWS does not take " + name + " here.");
            }
            if (HEADERS.containsKey(name) && value != null) {
                headers.add(HEADERS.get(name), String.valueOf(value));
            } else if (QUERY.containsKey(name) && value != null) {
                rawQuery.append(rawQuery.isEmpty() ? "" : "&")
                        .append(QUERY.get(name))
                        .append('=');
                PercentCode.encode(String.valueOf(value), false, rawQuery);
            }
        });
        if (parameters.get("Metadata") instanceof Map<?, ?> metadata) {
            metadata.forEach((name, value) -> headers.add("x-amz-meta-" + name, String.valueOf(value)));
        }
        var answer = calls.send("s3", method, path.toString(), rawQuery.toString(), headers, content, caller);
        if (answer.status() >= 300) {
            throw new AwsError(
                    answer.status(), answer.status() == 304 ? "NotModified" : "S3", "Status " + answer.status());
        }
        return answer;
    }

    /// @param length of the content, negative where there is none
    private static Map<String, @Nullable Object> headers(ServiceCalls.Answer answer, int length) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        answer.headers()
                .each((name, value) -> ANSWERED.forEach((header, member) -> {
                    if (header.equalsIgnoreCase(name)) {
                        object.put(member, value(member, value));
                    }
                }));
        answer.headers().each((name, value) -> {
            if (name.regionMatches(true, 0, "x-amz-meta-", 0, 11)) {
                metadata.put(name.substring(11), value);
            }
        });
        if (length >= 0) {
            object.put("ContentLength", (long) length);
            object.put("Metadata", metadata);
        }
        return object;
    }

    private static Object value(String member, String text) {
        return switch (member) {
            case "ContentLength" -> Long.parseLong(text);
            case "DeleteMarker" -> Boolean.parseBoolean(text);
            case "LastModified" -> httpDate(text);
            default -> text;
        };
    }

    private static String httpDate(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toString();
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    private static Map<String, @Nullable Object> listing(ServiceCalls.Answer answer) {
        var xml = XmlObject.parse(answer.bytes());
        var listing = new LinkedHashMap<String, @Nullable Object>();
        xml.forEach((name, value) -> {
            switch (name) {
                case "Contents", "CommonPrefixes" -> listing.put(name, rows(value));
                case "IsTruncated" -> listing.put(name, Boolean.parseBoolean(String.valueOf(value)));
                case "KeyCount", "MaxKeys" -> listing.put(name, Long.parseLong(String.valueOf(value)));
                default -> listing.put(name, value);
            }
        });
        return listing;
    }

    private static List<@Nullable Object> rows(@Nullable Object value) {
        var rows = new ArrayList<@Nullable Object>();
        for (var row : value instanceof List<?> list
                ? list
                : List.of(String.valueOf(value).isEmpty() ? Map.of() : value)) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            if (row instanceof Map<?, ?> map) {
                map.forEach((name, member) -> object.put(
                        (String) name, name.equals("Size") ? (Object) Long.parseLong((String) member) : member));
            }
            rows.add(object);
        }
        return rows;
    }

    /// When an object of a listing was last written.
    static Instant modified(Map<?, ?> row) {
        return Instant.parse(String.valueOf(row.get("LastModified")));
    }
}
