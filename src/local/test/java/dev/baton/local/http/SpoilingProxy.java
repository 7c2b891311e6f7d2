package dev.baton.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Passes bytes on and replaces a text in what goes to the server, as somebody on the way would.
final class SpoilingProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final URI server;
    private final String text;
    private final String replacement;
    private volatile boolean spoilt;

    SpoilingProxy(URI server, String text, String replacement) throws IOException {
        this.server = server;
        this.text = text;
        this.replacement = replacement;
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    boolean spoilt() {
        return spoilt;
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                var upstream = new Socket(server.getHost(), server.getPort());
                Thread.ofVirtual().start(() -> pass(client, upstream, true));
                Thread.ofVirtual().start(() -> pass(upstream, client, false));
            }
        } catch (IOException e) {
            // The end of the test.
        }
    }

    private void pass(Socket from, Socket to, boolean spoil) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[64 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                var bytes = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                if (spoil && bytes.contains(text)) {
                    spoilt = true;
                    bytes = bytes.replace(text, replacement);
                }
                // The host is signed too: the proxy plays the one that the client believes in.
                out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException e) {
            // Either side went away.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
