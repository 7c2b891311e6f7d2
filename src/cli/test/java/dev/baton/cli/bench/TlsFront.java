package dev.baton.cli.bench;

import dev.baton.local.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Answers HTTPS before an endpoint that answers HTTP, as a load balancer does.
final class TlsFront implements AutoCloseable {
    private final ServerSocket server;
    private final URI behind;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TlsFront(Tls tls, URI behind) throws IOException {
        this.behind = behind;
        server = tls.context().getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.submit(() -> {
            while (!server.isClosed()) {
                var front = server.accept();
                threads.submit(() -> join(front));
            }
            return null;
        });
    }

    URI endpoint() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort());
    }

    private Void join(Socket front) throws IOException {
        try (front;
                var back = new Socket(behind.getHost(), behind.getPort())) {
            front.setTcpNoDelay(true);
            back.setTcpNoDelay(true);
            threads.submit(() -> pass(back.getInputStream(), front.getOutputStream()));
            pass(front.getInputStream(), back.getOutputStream());
        }
        return null;
    }

    private static Void pass(InputStream in, OutputStream out) throws IOException {
        var buffer = new byte[16_384];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
