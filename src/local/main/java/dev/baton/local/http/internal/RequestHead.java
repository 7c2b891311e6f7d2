package dev.baton.local.http.internal;

import dev.baton.local.http.Headers;
import java.io.IOException;

/// The head of a request.
///
/// @param rawPath as it was sent, beginning with `/`
/// @param rawQuery as it was sent, empty where there is none
/// @param http10 whether the client speaks HTTP/1.0, which knows neither chunks nor kept connections
record RequestHead(String method, String rawPath, String rawQuery, Headers headers, boolean http10) {
    /// S3 takes keys of 1,024 bytes, each three characters when coded, and presigned queries of some 2,000.
    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_HEAD = 64 << 10;
    private static final int MAX_HEADERS = 200;

    static RequestHead read(ConnectionInput in) throws IOException {
        var line = in.line(MAX_LINE, 414);
        // RFC 9112, 2.2: an empty line before the request line is to be ignored.
        if (line.isEmpty()) {
            line = in.line(MAX_LINE, 414);
        }
        int afterMethod = line.indexOf(' ');
        int beforeVersion = line.lastIndexOf(' ');
        if (afterMethod <= 0 || beforeVersion <= afterMethod + 1) {
            throw new MalformedRequest(400, "The request line is not METHOD TARGET VERSION.");
        }
        var method = line.substring(0, afterMethod);
        if (!isToken(method)) {
            throw new MalformedRequest(400, "The method is not a token.");
        }
        var version = line.substring(beforeVersion + 1);
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw new MalformedRequest(505, "Only HTTP/1.1 is spoken here.");
        }
        var target = origin(line.substring(afterMethod + 1, beforeVersion));
        int question = target.indexOf('?');
        return new RequestHead(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers(in, MAX_HEAD - line.length()),
                version.equals("HTTP/1.0"));
    }

    private static String origin(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) == 127) {
                throw new MalformedRequest(400, "The request target holds a blank or a control character.");
            }
        }
        if (target.startsWith("/")) {
            return target;
        }
        if (target.startsWith("http://") || target.startsWith("https://")) {
            int path = target.indexOf('/', target.indexOf("//") + 2);
            return path < 0 ? "/" : target.substring(path);
        }
        throw new MalformedRequest(400, "The request target is not a path.");
    }

    /// Headers up to the empty line that ends them.
    static Headers headers(ConnectionInput in, int budget) throws IOException {
        var headers = new Headers(16);
        while (true) {
            var line = in.line(Math.max(0, budget), 431);
            if (line.isEmpty()) {
                return headers;
            }
            budget -= line.length() + 2;
            if (budget < 0 || headers.size() == MAX_HEADERS) {
                throw new MalformedRequest(431, "The request's headers are too large.");
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || !isToken(line.substring(0, colon))) {
                // A folded line or a blank before the colon: what proxies and servers read differently.
                throw new MalformedRequest(400, "A header is not NAME: VALUE.");
            }
            headers.add(line.substring(0, colon), value(line, colon + 1));
        }
    }

    private static String value(String line, int from) {
        int end = line.length();
        while (from < end && isBlank(line.charAt(from))) {
            from++;
        }
        while (from < end && isBlank(line.charAt(end - 1))) {
            end--;
        }
        for (int i = from; i < end; i++) {
            char c = line.charAt(i);
            if (c < ' ' && c != '\t' || c == 127) {
                throw new MalformedRequest(400, "A header holds a control character.");
            }
        }
        return line.substring(from, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) {
                return false;
            }
        }
        return true;
    }

    boolean keepsConnection() {
        var connection = headers.get("Connection");
        return http10 ? "keep-alive".equalsIgnoreCase(connection) : !"close".equalsIgnoreCase(connection);
    }

    /// The announced length of the body: 0 where there is none, -1 where it comes in chunks.
    long contentLength() {
        var lengths = headers.all("Content-Length");
        var encodings = headers.all("Transfer-Encoding");
        if (!encodings.isEmpty()) {
            // Both together is how requests are smuggled past proxies.
            if (!lengths.isEmpty()
                    || http10
                    || encodings.size() > 1
                    || !encodings.getFirst().equalsIgnoreCase("chunked")) {
                throw new MalformedRequest(400, "The length of the body is announced in more ways than one.");
            }
            return -1;
        }
        if (lengths.isEmpty()) {
            return 0;
        }
        var length = lengths.getFirst();
        if (lengths.size() > 1 || !length.matches("[0-9]{1,18}")) {
            throw new MalformedRequest(400, "Content-Length is not a length.");
        }
        return Long.parseLong(length);
    }
}
