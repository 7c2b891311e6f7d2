package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A record of the access log, as S3 writes it.
///
/// Of the address that was asked for it has no signature and no token of a session: who reads logs could use a link that
/// is still valid.
///
/// See [Amazon S3 server access log format](https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html).
///
/// @param owner the canonical id of the bucket's owner
/// @param error S3's code; nothing where there is none
record AccessLogRecord(
        S3Call call,
        String owner,
        Instant begun,
        Instant ended,
        int status,
        @Nullable String error,
        long sent,
        long size) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern SECRET =
            Pattern.compile("(?i)(X-Amz-Signature|X-Amz-Security-Token|Signature|x-amz-security-token)=[^&]*");
    private static final String NOTHING = "-";

    /// How subresources are called where it is not by their names.
    private static final Map<String, String> RESOURCES = Map.ofEntries(
            Map.entry("versioning", "VERSIONING"),
            Map.entry("logging", "LOGGING_STATUS"),
            Map.entry("policy", "BUCKETPOLICY"),
            Map.entry("policyStatus", "POLICY_STATUS"),
            Map.entry("versions", "BUCKETVERSIONS"),
            Map.entry("publicAccessBlock", "PUBLIC_ACCESS_BLOCK"),
            Map.entry("ownershipControls", "OWNERSHIP_CONTROLS"),
            Map.entry("object-lock", "OBJECT_LOCK_CONFIGURATION"),
            Map.entry("encryption", "ENCRYPTION"),
            Map.entry("notification", "NOTIFICATION"),
            Map.entry("location", "LOCATION"),
            Map.entry("acl", "ACL"),
            Map.entry("uploads", "UPLOADS"),
            Map.entry("delete", "MULTI_OBJECT_DELETE"));
    private static final Set<String> SIGNED_QUERY = Set.of("X-Amz-Signature", "Signature");

    static AccessLogRecord of(S3Call call, String owner, Instant begun, Instant ended, AwsResponse response) {
        var sent = call.request().method().equals("HEAD")
                ? 0
                : switch (response.body()) {
                    case AwsResponse.Bytes(var bytes) -> bytes.length;
                    case AwsResponse.Stream(var length, var source) -> length;
                };
        return new AccessLogRecord(call, owner, begun, ended, response.status(), null, sent, size(call, response));
    }

    private static long size(S3Call call, AwsResponse response) {
        if (call.key().isEmpty()) {
            return -1;
        }
        var range = response.headers().get("Content-Range");
        if (range != null) {
            return Long.parseLong(range.substring(range.indexOf('/') + 1));
        }
        return switch (call.request().method()) {
            case "PUT" -> call.request().body().length();
            case "GET" -> response.body() instanceof AwsResponse.Stream(var length, var source) ? length : -1;
            default -> -1;
        };
    }

    String print() {
        var request = call.request();
        return String.join(
                        " ",
                        owner,
                        call.bucket(),
                        "[" + TIME.format(begun) + "]",
                        request.sourceIp(),
                        request.signed().accessKeyId().isEmpty()
                                ? NOTHING
                                : request.caller().arn(),
                        request.id(),
                        operation(),
                        call.key().isEmpty() ? NOTHING : key(),
                        "\"" + request.method() + " " + address() + " HTTP/1.1\"",
                        Integer.toString(status),
                        error == null ? NOTHING : error,
                        sent <= 0 ? NOTHING : Long.toString(sent),
                        size < 0 ? NOTHING : Long.toString(size),
                        Long.toString(Duration.between(begun, ended).toMillis()),
                        Long.toString(Duration.between(begun, ended).toMillis()),
                        "\"" + header("Referer") + "\"",
                        "\"" + header("User-Agent") + "\"",
                        call.versionId() == null
                                        || String.valueOf(call.versionId()).isEmpty()
                                ? NOTHING
                                : String.valueOf(call.versionId()),
                        Protocol.hostId(request.id()),
                        signature(),
                        NOTHING,
                        authentication(),
                        header("Host"),
                        NOTHING,
                        NOTHING,
                        NOTHING,
                        NOTHING)
                + "\n";
    }

    private String key() {
        var coded = new StringBuilder();
        PercentCode.encode(call.key(), true, coded);
        return coded.toString();
    }

    private String address() {
        var query = call.request().rawQuery();
        var path = call.request().rawPath();
        return query == null || query.isEmpty()
                ? path
                : path + "?" + SECRET.matcher(query).replaceAll("$1=-");
    }

    /// Neither quotes nor line breaks: no header makes a second record.
    private String header(String name) {
        var value = call.request().headers().get(name);
        return value == null || value.isEmpty() ? NOTHING : value.replaceAll("[\\p{Cntrl}\"]", "");
    }

    private String signature() {
        if (call.request().signed().accessKeyId().isEmpty()) {
            return NOTHING;
        }
        return call.request().query().get("AWSAccessKeyId") == null ? "SigV4" : "SigV2";
    }

    private String authentication() {
        if (call.request().signed().accessKeyId().isEmpty()) {
            return NOTHING;
        }
        return SIGNED_QUERY.stream().anyMatch(name -> call.request().query().get(name) != null)
                ? "QueryString"
                : "AuthHeader";
    }

    /// `REST.GET.OBJECT` and so on.
    private String operation() {
        var method = call.request().method();
        return "REST." + (CopySource.isNamed(call) ? "COPY" : method) + "." + resource();
    }

    private String resource() {
        var query = call.request().query();
        if (query.get("uploadId") != null) {
            return query.get("partNumber") != null ? "PART" : "UPLOAD";
        }
        for (var name : query.names()) {
            var known = RESOURCES.get(name);
            if (known != null) {
                return known;
            }
            if (name.equals("tagging")) {
                return call.key().isEmpty() ? "TAGGING" : "OBJECT_TAGGING";
            }
        }
        if (call.bucket().isEmpty()) {
            return "SERVICE";
        }
        return call.key().isEmpty() ? "BUCKET" : "OBJECT";
    }
}
