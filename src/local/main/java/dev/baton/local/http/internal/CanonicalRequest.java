package dev.baton.local.http.internal;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Headers;
import dev.baton.local.http.PercentCode;
import java.util.ArrayList;
import java.util.Comparator;

/// A request in the one form that both sides sign.
///
/// See [Create a canonical
/// request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
final class CanonicalRequest {
    private static final String TOKEN_HEADER = "x-amz-security-token";

    private record Parameter(String name, String value) {}

    private CanonicalRequest() {}

    /// The form, each character a byte.
    ///
    /// @param showToken false where it is shown to people: whoever reads an error message must not get a session
    static String of(AwsRequest request, Authorization by, String payloadHash, boolean showToken) {
        var text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        appendPath(text, request.rawPath(), by.service().equals("s3"));
        text.append('\n');
        appendQuery(text, request);
        text.append('\n');
        for (var name : by.signedHeaders()) {
            text.append(name).append(':');
            if (!showToken && name.equals(TOKEN_HEADER)) {
                text.append("(not shown)");
            } else {
                appendValue(text, request.headers(), name);
            }
            text.append('\n');
        }
        text.append('\n')
                .append(String.join(";", by.signedHeaders()))
                .append('\n')
                .append(payloadHash);
        return text.toString();
    }

    /// S3 codes a path once; all others code what was sent once more, after `.` and `..` are resolved.
    private static void appendPath(StringBuilder text, String rawPath, boolean s3) {
        if (s3) {
            PercentCode.encode(PercentCode.decode(rawPath), true, text);
        } else {
            PercentCode.encode(normal(rawPath), true, text);
        }
    }

    private static String normal(String path) {
        if (!path.contains("//") && !path.contains("/.")) {
            return path;
        }
        var segments = new ArrayList<String>();
        for (var segment : path.split("/")) {
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        var joined = "/" + String.join("/", segments);
        return path.endsWith("/") && joined.length() > 1 ? joined + "/" : joined;
    }

    private static void appendQuery(StringBuilder text, AwsRequest request) {
        if (request.rawQuery().isEmpty()) {
            return;
        }
        var parameters = new ArrayList<Parameter>(request.query().size());
        request.query().each((name, value) -> {
            if (!name.equals("X-Amz-Signature")) {
                parameters.add(new Parameter(coded(name), coded(value)));
            }
        });
        parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        var separator = "";
        for (var parameter : parameters) {
            text.append(separator).append(parameter.name()).append('=').append(parameter.value());
            separator = "&";
        }
    }

    private static String coded(String text) {
        var coded = new StringBuilder(text.length() + 16);
        PercentCode.encode(text, false, coded);
        return coded.toString();
    }

    /// All values of the header in one, runs of blanks as one blank.
    private static void appendValue(StringBuilder text, Headers headers, String name) {
        var before = new int[] {text.length()};
        headers.each((other, value) -> {
            if (!other.equalsIgnoreCase(name)) {
                return;
            }
            if (text.length() > before[0]) {
                text.append(',');
            }
            boolean blank = false;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c != ' ' || !blank) {
                    text.append(c);
                }
                blank = c == ' ';
            }
        });
    }
}
