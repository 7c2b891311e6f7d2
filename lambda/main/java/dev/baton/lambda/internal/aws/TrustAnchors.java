package dev.baton.lambda.internal.aws;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts whom the JVM trusts, and reads who that is on a thread of its own: the certificates of some 140 authorities
/// are a good part of a cold start, and nobody asks for them before a handshake has come to the server's certificate.
final class TrustAnchors extends X509ExtendedTrustManager {
    private final FutureTask<X509ExtendedTrustManager> reading;

    /// Those that the JVM's properties and its `cacerts` name.
    TrustAnchors() {
        this(() -> of(null));
    }

    TrustAnchors(Callable<X509ExtendedTrustManager> read) {
        reading = new FutureTask<>(read);
    }

    /// Begins to read them.
    void begin() {
        Thread.ofPlatform().daemon().name("baton-trust").start(reading);
    }

    /// @param store null for what a JVM uses that is given no trust manager
    static X509ExtendedTrustManager of(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new CertificateException("the JVM has no trust manager for X.509"));
    }

    /// The JVM's own trust manager, as soon as it is there.
    ///
    /// @throws CertificateException where the trust anchors cannot be read
    X509ExtendedTrustManager manager() throws CertificateException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new CertificateException("the JVM's trust anchors cannot be read: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertificateException("interrupted while the JVM's trust anchors were read", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        manager().checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        manager().checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        manager().checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        manager().checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        manager().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        manager().checkClientTrusted(chain, type, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        try {
            return manager().getAcceptedIssuers();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
