package dev.baton.local.http.internal;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.http.HttpDate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/// Writes an answer, a small one in one piece.
final class AnswerWriter {
    private static final int IN_ONE_PIECE = 64 << 10;
    private static final int BUFFER = 64 << 10;

    private final OutputStream out;
    private final InstantSource clock;
    private final ConnectionProgress progress;

    AnswerWriter(OutputStream out, InstantSource clock, ConnectionProgress progress) {
        this.out = out;
        this.clock = clock;
        this.progress = progress;
    }

    /// @param head whether only the head is wanted, with the length that the content would have
    void write(AwsResponse response, boolean head, boolean http10, boolean keep) throws IOException {
        progress.now(ConnectionProgress.Waiting.BODY);
        int status = response.status();
        boolean empty = status == 204 || status == 304;
        var text = new StringBuilder(512);
        text.append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason(status))
                .append("\r\n");
        text.append("Date: ").append(HttpDate.of(clock.instant())).append("\r\n");
        appendHeaders(text, response.headers());
        boolean chunks = false;
        switch (response.body()) {
            case AwsResponse.Bytes body -> {
                // An answer to HEAD that gives no length of its own must not claim to be empty.
                if (!empty && !(head && body.bytes().length == 0)) {
                    text.append("Content-Length: ").append(body.bytes().length).append("\r\n");
                }
            }
            case AwsResponse.Stream body -> {
                chunks = body.length() < 0 && !http10;
                if (chunks) {
                    text.append("Transfer-Encoding: chunked\r\n");
                } else if (body.length() >= 0) {
                    text.append("Content-Length: ").append(body.length()).append("\r\n");
                }
            }
        }
        if (!keep) {
            text.append("Connection: close\r\n");
        } else if (http10) {
            text.append("Connection: keep-alive\r\n");
        }
        text.append("\r\n");
        byte[] start = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (head || empty) {
            out.write(start);
            return;
        }
        switch (response.body()) {
            case AwsResponse.Bytes body -> writeBytes(start, body.bytes());
            case AwsResponse.Stream body -> writeStream(start, body, chunks);
        }
    }

    private void writeBytes(byte[] start, byte[] content) throws IOException {
        if (content.length > IN_ONE_PIECE) {
            out.write(start);
            progress.made();
            out.write(content);
            return;
        }
        var whole = new byte[start.length + content.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        out.write(whole);
    }

    private void writeStream(byte[] start, AwsResponse.Stream body, boolean chunks) throws IOException {
        var content = new Content(chunks);
        content.raw(start);
        body.source().writeTo(content);
        content.end();
        if (body.length() >= 0 && content.written != body.length()) {
            throw new IOException("announced " + body.length() + " bytes, wrote " + content.written);
        }
    }

    private static void appendHeaders(StringBuilder text, Headers headers) {
        headers.each((name, value) -> {
            text.append(name).append(": ");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                // A value that came from outside must not begin a header of its own.
                text.append(c < ' ' && c != '\t' || c == 127 ? ' ' : c);
            }
            text.append("\r\n");
        });
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 206 -> "Partial Content";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 416 -> "Requested Range Not Satisfiable";
            default -> status < 400 ? "Success" : status < 500 ? "Refused" : "Failure";
        };
    }

    /// Gathers small writes; large ones pass through.
    private final class Content extends OutputStream {
        private final boolean chunks;
        private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(8 << 10);
        private long written;

        Content(boolean chunks) {
            this.chunks = chunks;
        }

        void raw(byte[] bytes) {
            gathered.writeBytes(bytes);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            written += length;
            if (chunks) {
                raw((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                gathered.write(bytes, offset, length);
                raw(new byte[] {'\r', '\n'});
            } else if (gathered.size() + length <= BUFFER) {
                gathered.write(bytes, offset, length);
                return;
            } else {
                send();
                out.write(bytes, offset, length);
                progress.made();
            }
            if (gathered.size() >= BUFFER) {
                send();
            }
        }

        @Override
        public void flush() throws IOException {
            send();
        }

        void end() throws IOException {
            if (chunks) {
                raw("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            send();
        }

        private void send() throws IOException {
            if (gathered.size() > 0) {
                gathered.writeTo(out);
                gathered.reset();
                progress.made();
            }
        }
    }
}
