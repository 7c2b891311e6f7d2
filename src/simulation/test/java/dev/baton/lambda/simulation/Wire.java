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

    private final String method;
    private final String service;
    private final String subject;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;

    /// One that was not made for a wire.
    ///
    /// @param headers names in lower case
    Wire(
            String method,
            String service,
            String subject,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body) {
        this.method = method;
        this.service = service;
        this.subject = subject;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    Wire(HttpExecuteRequest request) {
        var http = request.httpRequest();
        this.method = http.method().name();
        this.headers = new HashMap<>();
        http.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        this.query = new HashMap<>();
        http.rawQueryParameters()
                .forEach((name, values) ->
                        query.put(name, values.isEmpty() || values.getFirst() == null ? "" : values.getFirst()));
        var path = decoded(http.encodedPath());
        var target = header("X-Amz-Target");
        this.body = read(request);
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
        return method;
    }

    /// As it reads among the steps of a schedule.
    String told() {
        return service.equals("s3") ? method() + " " + subject : service + " " + subject;
    }

    @Nullable
    String query(String name) {
        return query.get(name);
    }

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /// The headers whose names begin so, names in lower case.
    Map<String, String> headers(String first, String second) {
        var found = new HashMap<String, String>();
        headers.forEach((name, value) -> {
            if (name.startsWith(first) || name.startsWith(second)) {
                found.put(name, value);
            }
        });
        return found;
    }

    byte[] body() {
        return body;
    }

    private byte[] read(HttpExecuteRequest request) {
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
