package dev.baton.cli.openlineage;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.HttpTransportResponseException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A consumer that speaks HTTP, as Marquez and DataHub do. What it does not take for the moment is sent again.
public final class HttpSink implements LineageSink {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final URI address;
    private final HttpTransport transport;
    private final Duration firstPause;

    private HttpSink(URI address, HttpTransport transport, Duration firstPause) {
        this.address = address;
        this.transport = transport;
        this.firstPause = firstPause;
    }

    /// @param address of the consumer, `http` or `https`
    /// @param path of its API; null for OpenLineage's own, `api/v1/lineage`
    /// @param key that it is shown as a bearer token; null for none
    /// @throws dev.baton.diagnostic.DiagnosticException CLI073 when it is not such an address, or the key would be seen
    ///     on the way
    public static HttpSink of(String address, @Nullable String path, @Nullable String key) {
        return of(address, path, key, FIRST_PAUSE);
    }

    /// @param firstPause before what was not taken is sent again; each later one is twice as long
    static HttpSink of(String address, @Nullable String path, @Nullable String key, Duration firstPause) {
        var config = new HttpConfig();
        var uri = uri(address);
        if (key != null && uri.getScheme().equals("http") && !THIS_MACHINE.contains(uri.getHost())) {
            throw OpenLineageFindings.keyInTheClear(address);
        }
        config.setUrl(uri);
        if (path != null) {
            config.setEndpoint(path);
        }
        config.setTimeoutInMillis(Math.toIntExact(TIMEOUT.toMillis()));
        if (key != null) {
            var token = new ApiKeyTokenProvider();
            token.setApiKey(key);
            config.setAuth(token);
        }
        return new HttpSink(uri, new HttpTransport(config), firstPause);
    }

    private static URI uri(String address) {
        try {
            var uri = new URI(address);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw OpenLineageFindings.noAddress(address);
    }

    @Override
    public void emit(RunEvent event) throws InterruptedException {
        var pause = firstPause;
        for (var attempt = 1; ; attempt++) {
            try {
                transport.emit(event);
                return;
            } catch (HttpTransportResponseException e) {
                if (attempt == ATTEMPTS || !isTransient(e.getStatusCode())) {
                    throw OpenLineageFindings.refused(address, e.getStatusCode(), e.getBody());
                }
            } catch (OpenLineageClientException e) {
                if (attempt == ATTEMPTS) {
                    throw OpenLineageFindings.unreachable(address, e);
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private static boolean isTransient(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
