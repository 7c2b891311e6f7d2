package dev.baton.local.http.internal;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.HttpDate;
import dev.baton.local.http.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The signature of a request, as it says itself in its headers or in its query string.
///
/// @param date the day of the credential scope, `20261122`
/// @param amzDate when it was signed, `20261122T051825Z`
/// @param signedHeaders in small letters and order
/// @param signature 64 hex digits
/// @param token the session token it carries
/// @param expires for presigned requests: how many seconds after [#amzDate] it stays valid; otherwise 0
record Authorization(
        String accessKeyId,
        String date,
        String region,
        String service,
        String amzDate,
        Instant signedAt,
        List<String> signedHeaders,
        String signature,
        @Nullable String token,
        boolean presigned,
        long expires) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    /// Version 4A, which only S3's access points of several regions need.
    private static final String ASYMMETRIC = "AWS4-ECDSA";

    private static final long MAX_EXPIRES = 604_800;

    /// Without the session's token.
    @Override
    public String toString() {
        return "Authorization[" + accessKeyId + ", " + scope() + ", " + signedHeaders + "]";
    }

    String scope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }

    /// The service that a request is signed for, without a look at anything else; nothing where it is unsigned.
    static @Nullable String serviceOf(AwsRequest request) {
        var header = request.headers().get("Authorization");
        var credential = header == null ? request.query().get("X-Amz-Credential") : member(header, "Credential=");
        if (credential == null) {
            return null;
        }
        var parts = credential.split("/");
        return parts.length >= 5 ? parts[parts.length - 2] : null;
    }

    /// Nothing where the request bears no signature at all.
    static @Nullable Authorization of(AwsRequest request) {
        var header = request.headers().get("Authorization");
        if (header != null) {
            return header.startsWith(ALGORITHM + " ") ? fromHeader(request, header) : unsupported(header);
        }
        var query = request.query();
        if (query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature") || query.has("X-Amz-Credential")) {
            return fromQuery(request);
        }
        if (query.has("AWSAccessKeyId") && query.has("Signature")) {
            throw notSupported();
        }
        return null;
    }

    private static @Nullable Authorization unsupported(String header) {
        if (header.startsWith("AWS ") || header.startsWith(ASYMMETRIC)) {
            throw notSupported();
        }
        throw Problem.INCOMPLETE_SIGNATURE.error(
                "Authorization header requires '" + ALGORITHM + "', but is of another kind.");
    }

    private static AwsError notSupported() {
        return new AwsError(
                400,
                "InvalidRequest",
                "The authorization mechanism you have provided is not supported. Please use " + ALGORITHM + ".");
    }

    private static Authorization fromHeader(AwsRequest request, String header) {
        var kind = Problem.INCOMPLETE_SIGNATURE;
        return parsed(
                required(member(header, "Credential="), "Credential", kind),
                date(request),
                required(member(header, "SignedHeaders="), "SignedHeaders", kind),
                required(member(header, "Signature="), "Signature", kind),
                request.headers().get("X-Amz-Security-Token"),
                false,
                0);
    }

    /// The time of `X-Amz-Date`, or of `Date` where there is none, as the string to sign has it.
    ///
    /// See [Date handling](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html).
    private static String date(AwsRequest request) {
        var amzDate = request.headers().get("X-Amz-Date");
        if (amzDate != null) {
            return amzDate;
        }
        var date = request.headers().get("Date");
        if (date == null) {
            throw malformed(Problem.INCOMPLETE_SIGNATURE, "it requires an X-Amz-Date or a Date header");
        }
        var instant = HttpDate.parse(date);
        return instant == null ? date : instant.toString().replaceAll("[-:]", "");
    }

    private static Authorization fromQuery(AwsRequest request) {
        var query = request.query();
        var kind = Problem.INCOMPLETE_QUERY;
        var algorithm = required(query.get("X-Amz-Algorithm"), "X-Amz-Algorithm", kind);
        if (algorithm.startsWith(ASYMMETRIC)) {
            throw notSupported();
        }
        if (!algorithm.equals(ALGORITHM)) {
            throw malformed(kind, "X-Amz-Algorithm only supports \"" + ALGORITHM + "\"");
        }
        var expires = required(query.get("X-Amz-Expires"), "X-Amz-Expires", kind);
        if (!expires.matches("[0-9]{1,7}") || Long.parseLong(expires) > MAX_EXPIRES || Long.parseLong(expires) == 0) {
            throw malformed(kind, "X-Amz-Expires must be a number of seconds from 1 to " + MAX_EXPIRES);
        }
        return parsed(
                required(query.get("X-Amz-Credential"), "X-Amz-Credential", kind),
                required(query.get("X-Amz-Date"), "X-Amz-Date", kind),
                required(query.get("X-Amz-SignedHeaders"), "X-Amz-SignedHeaders", kind),
                required(query.get("X-Amz-Signature"), "X-Amz-Signature", kind),
                query.get("X-Amz-Security-Token"),
                true,
                Long.parseLong(expires));
    }

    static Authorization parsed(
            String credential,
            String amzDate,
            String signedHeaders,
            String signature,
            @Nullable String token,
            boolean presigned,
            long expires) {
        var kind = presigned ? Problem.INCOMPLETE_QUERY : Problem.INCOMPLETE_SIGNATURE;
        // An access key id may itself hold slashes; the scope is the last four parts.
        var parts = credential.split("/", -1);
        int scope = parts.length - 4;
        if (scope < 1 || !parts[scope + 3].equals("aws4_request")) {
            throw malformed(
                    kind,
                    "the credential must have five slash-separated parts, ID/YYYYMMDD/REGION/SERVICE/aws4_request");
        }
        if (!parts[scope].equals(amzDate.substring(0, Math.min(8, amzDate.length())))) {
            throw malformed(
                    kind,
                    "the date of the credential scope, " + parts[scope] + ", is not that of the request, " + amzDate);
        }
        var headers = List.of(signedHeaders.split(";"));
        if (!headers.contains("host")) {
            throw malformed(kind, "'Host' must be a signed header");
        }
        return new Authorization(
                String.join("/", List.of(parts).subList(0, scope)),
                parts[scope],
                parts[scope + 1],
                parts[scope + 2],
                amzDate,
                instant(amzDate, kind),
                headers,
                signature,
                token,
                presigned,
                expires);
    }

    private static Instant instant(String amzDate, Problem kind) {
        try {
            if (amzDate.length() == 16 && amzDate.charAt(8) == 'T' && amzDate.charAt(15) == 'Z') {
                return LocalDateTime.of(
                                number(amzDate, 0, 4),
                                number(amzDate, 4, 6),
                                number(amzDate, 6, 8),
                                number(amzDate, 9, 11),
                                number(amzDate, 11, 13),
                                number(amzDate, 13, 15))
                        .toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw malformed(kind, "the date is not YYYYMMDDTHHMMSSZ, but " + amzDate);
        }
        throw malformed(kind, "the date is not YYYYMMDDTHHMMSSZ, but " + amzDate);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static @Nullable String member(String header, String name) {
        int at = header.indexOf(name);
        while (at > 0 && header.charAt(at - 1) != ' ' && header.charAt(at - 1) != ',') {
            at = header.indexOf(name, at + 1);
        }
        if (at <= 0) {
            return null;
        }
        int from = at + name.length();
        int to = header.indexOf(',', from);
        return header.substring(from, to < 0 ? header.length() : to).trim();
    }

    private static String required(@Nullable String value, String name, Problem kind) {
        if (value == null || value.isEmpty()) {
            throw malformed(kind, "it requires '" + name + "'");
        }
        return value;
    }

    private static AwsError malformed(Problem kind, String what) {
        return kind.error("The authorization is malformed: " + what + ".");
    }
}
