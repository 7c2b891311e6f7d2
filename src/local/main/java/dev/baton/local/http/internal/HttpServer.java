package dev.baton.local.http.internal;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 server on the loopback interface: one virtual thread a connection, one read and one write a small
/// request. `jdk.httpserver` passes each request through a selector, a queue and a second thread, refuses paths that
/// begin with `//`, and reads bodies before anybody has looked at the signature.
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MAX_CONNECTIONS = 4096;
    private static final int SEND_BUFFER = 256 << 10;
    private static final long ACCEPT_AGAIN_NANOS = 10_000_000;

    /// Answers a request. What it throws ends the connection.
    @FunctionalInterface
    public interface Handler {
        /// @param sourceIp the client's address
        AwsResponse handle(Request request, String sourceIp) throws IOException;
    }

    /// A request as HTTP has it.
    public record Request(
            String method, String rawPath, String rawQuery, Headers headers, InputStream body, long contentLength) {}

    private final ServerSocket listening;
    private final Handler handler;
    private final InstantSource clock;
    private final @Nullable SSLContext tls;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread accepting;
    private final Thread sweeping;
    private volatile boolean closed;

    /// Listens at once.
    ///
    /// @param port 0 for any free one
    public HttpServer(int port, InstantSource clock, Handler handler) throws IOException {
        this(port, clock, null, handler);
    }

    /// Listens at once.
    ///
    /// @param port 0 for any free one
    /// @param tls answers HTTPS with; HTTP where it is absent
    public HttpServer(int port, InstantSource clock, @Nullable SSLContext tls, Handler handler) throws IOException {
        this.tls = tls;
        this.handler = handler;
        this.clock = clock;
        listening = new ServerSocket();
        listening.setReuseAddress(true);
        try {
            listening.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            listening.close();
            throw e;
        }
        accepting = Thread.ofPlatform().name("baton-accept").daemon().unstarted(this::accept);
        sweeping = Thread.ofVirtual().name("baton-sweep").unstarted(this::sweep);
        accepting.start();
        sweeping.start();
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!closed) {
            try {
                var socket = listening.accept();
                if (connections.size() >= MAX_CONNECTIONS) {
                    socket.close();
                } else {
                    serve(socket);
                }
            } catch (IOException | OutOfMemoryError e) {
                // Closed, or out of file descriptors or memory, which others will let go of.
                LockSupport.parkNanos(ACCEPT_AGAIN_NANOS);
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSendBufferSize(SEND_BUFFER);
        var connection = new ClientConnection(socket, tls, handler, clock);
        connections.add(connection);
        Thread.ofVirtual().name("baton-connection").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private void sweep() {
        try {
            while (!closed) {
                Thread.sleep(5_000);
                long now = System.nanoTime();
                for (var connection : connections) {
                    if (connection.progress().isStalled(now)) {
                        connection.abort();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops listening and ends every connection.
    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            // Nothing listens any more, which is all that was wanted.
            Thread.onSpinWait();
        }
        sweeping.interrupt();
        connections.forEach(ClientConnection::abort);
        try {
            accepting.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
