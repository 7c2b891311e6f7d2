package dev.baton.lambda.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/// A request as it is on the wire: to which service, about what.
final class Wire {
    private static final String FUNCTIONS = "/2015-03-31/functions/";

    private final HttpExecuteRequest request;
    private final String service;
    private final String subject;
    private final byte[] body;

    Wire(HttpExecuteRequest request) {
        this.request = request;
        var http = request.httpRequest();
        var path = decoded(http.encodedPath());
        var target = header("X-Amz-Target");
        this.body = read();
        if (target != null) {
            service = target.startsWith("AWSEvents") ? "events" : "states";
            subject = target.substring(target.indexOf('.') + 1);
        } else if (path.startsWith(FUNCTIONS)) {
            service = "lambda";
            subject = path.substring(FUNCTIONS.length(), path.lastIndexOf('/'));
        } else if (http.method() == SdkHttpMethod.POST && path.length() < 2) {
            service = "sts";
            subject = "AssumeRole";
        } else {
            service = "s3";
            subject = path.substring(1);
        }
    }

    /// `s3`, `states`, `lambda`, `sts` or `events`.
    String service() {
        return service;
    }

    /// Bucket and key, the action, or the function.
    String subject() {
        return subject;
    }

    String method() {
        return request.httpRequest().method().name();
    }

    /// As it reads among the steps of a schedule.
    String told() {
        return service.equals("s3") ? method() + " " + subject : service + " " + subject;
    }

    @Nullable String query(String name) {
        var values = request.httpRequest().rawQueryParameters().get(name);
        return values == null ? null : values.isEmpty() || values.getFirst() == null ? "" : values.getFirst();
    }

    @Nullable String header(String name) {
        return request.httpRequest().firstMatchingHeader(name).orElse(null);
    }

    /// The headers whose names begin so, names in lower case.
    Map<String, String> headers(String first, String second) {
        var found = new HashMap<String, String>();
        request.httpRequest().forEachHeader((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(first) || lower.startsWith(second)) {
                found.put(lower, values.getFirst());
            }
        });
        return found;
    }

    byte[] body() {
        return body;
    }

    private byte[] read() {
        if (request.contentStreamProvider().isEmpty()) {
            return new byte[0];
        }
        try (var in = request.contentStreamProvider().get().newStream()) {
            var sent = in.readAllBytes();
            return header("x-amz-decoded-content-length") == null ? sent : unchunked(sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The content of `aws-chunked` bytes: each chunk is its size in hexadecimal, its signature, and its bytes.
    private static byte[] unchunked(byte[] sent) {
        var content = new ByteArrayOutputStream();
        var at = 0;
        while (true) {
            var end = at;
            while (sent[end] != '\n') {
                end++;
            }
            var size = new String(sent, at, end - at, StandardCharsets.US_ASCII).strip();
            var semicolon = size.indexOf(';');
            var length = Integer.parseInt(semicolon < 0 ? size : size.substring(0, semicolon), 16);
            if (length == 0) {
                return content.toByteArray();
            }
            content.write(sent, end + 1, length);
            at = end + 1 + length + 2;
        }
    }

    private static String decoded(String path) {
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
