package dev.baton.local.http.internal;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One client's connection: requests and answers in turn until either side ends it.
final class ClientConnection {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /// An unread rest of this size is read and dropped, so that the client gets its answer and may go on.
    private static final long MAX_DROPPED = 32 << 20;

    private final Socket socket;
    private final @Nullable SSLContext tls;
    private final HttpServer.Handler handler;
    private final InstantSource clock;
    private final ConnectionProgress progress = new ConnectionProgress();

    /// @param tls has the client talk TLS; plainly where it is absent
    ClientConnection(Socket socket, @Nullable SSLContext tls, HttpServer.Handler handler, InstantSource clock) {
        this.socket = socket;
        this.tls = tls;
        this.handler = handler;
        this.clock = clock;
    }

    ConnectionProgress progress() {
        return progress;
    }

    /// Ends the connection from another thread. The socket itself: TLS would say goodbye, and wait for that.
    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            // A socket that cannot be closed is closed.
            progress.made();
        }
    }

    void run() {
        try (socket;
                var talked = secured()) {
            var in = new ConnectionInput(talked.getInputStream(), progress);
            var out = talked.getOutputStream();
            var sourceIp = socket.getInetAddress().getHostAddress();
            boolean kept = true;
            while (kept) {
                progress.now(ConnectionProgress.Waiting.REQUEST);
                kept = in.await() && serve(talked, in, out, sourceIp);
            }
        } catch (IOException | UncheckedIOException e) {
            // The client went away or stalled; whatever it had begun was told by the handler.
            progress.made();
        }
    }

    /// The handshake comes with the first read.
    private Socket secured() throws IOException {
        if (tls == null) {
            return socket;
        }
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    private boolean serve(Socket talked, ConnectionInput in, OutputStream out, String sourceIp) throws IOException {
        var answer = new AnswerWriter(out, clock, progress);
        try {
            progress.now(ConnectionProgress.Waiting.HEAD);
            var head = RequestHead.read(in);
            progress.now(ConnectionProgress.Waiting.ANSWER);
            var headers = head.headers();
            boolean waits = "100-continue".equalsIgnoreCase(headers.get("Expect")) && !head.http10();
            var body = new WireBody(in, progress, head.contentLength(), () -> {
                if (waits) {
                    send(out, CONTINUE);
                }
            });
            if (waits && body.hasEnded()) {
                // Nothing follows, and yet some clients wait: an early answer they would take for that of their next
                // request on this connection.
                send(out, CONTINUE);
            }
            var response = handler.handle(
                    new HttpServer.Request(
                            head.method(), head.rawPath(), head.rawQuery(), headers, body, head.contentLength()),
                    sourceIp);
            boolean keep = head.keepsConnection() && !(waits && body.isUntouched());
            answer.write(response, head.method().equals("HEAD"), head.http10(), keep);
            return keep && drop(body);
        } catch (MalformedRequest e) {
            var text = e.getMessage() + "\n";
            answer.write(
                    new AwsResponse(
                            e.status(),
                            Headers.of("Content-Type", "text/plain"),
                            new AwsResponse.Bytes(text.getBytes(StandardCharsets.UTF_8))),
                    false,
                    false,
                    false);
            linger(talked);
            return false;
        }
    }

    /// Reads what the handler left of the body.
    private boolean drop(WireBody body) throws IOException {
        if (body.hasEnded()) {
            return true;
        }
        return skip(body);
    }

    /// After the last answer: a socket that is closed with bytes unread takes the answer back from the client.
    private void linger(Socket talked) throws IOException {
        progress.now(ConnectionProgress.Waiting.HEAD);
        talked.shutdownOutput();
        skip(talked.getInputStream());
    }

    private static boolean skip(InputStream in) throws IOException {
        var buffer = new byte[16 << 10];
        long dropped = 0;
        while (dropped < MAX_DROPPED) {
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                return true;
            }
            dropped += count;
        }
        return false;
    }

    private static void send(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
