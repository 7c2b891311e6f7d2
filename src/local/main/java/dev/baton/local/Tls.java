package dev.baton.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate with which an embedded AWS answers HTTPS instead of HTTP.
///
/// @param context with the key and certificate of the server
/// @param certificate a PEM file of who must be trusted to trust the server, as `AWS_CA_BUNDLE` names it
/// @param trustStore the same for JVMs, in a PKCS #12 file without a password, and beside it all whom Java trusts:
///     what functions and containers in processes of their own are given as `javax.net.ssl.trustStore`
public record Tls(SSLContext context, Path certificate, Path trustStore) {
    private static final String ALIAS = "baton";
    private static final int DAYS = 30;

    /// One with a key that was made this instant, and a certificate that it signs itself: for `localhost`, `127.0.0.1`,
    /// and `s3.localhost` with the buckets before it. The key is in memory only.
    ///
    /// @param folder for the certificate, `certificate.pem`, and the trust store, `trust.p12`; those of before are
    ///     replaced
    /// @throws UncheckedIOException where the folder cannot be written
    public static Tls throwAway(Path folder) {
        try {
            Files.createDirectories(folder);
            var password = new BigInteger(128, new SecureRandom()).toString(36);
            var keys = keys(folder, password);
            var certificate = (X509Certificate) keys.getCertificate(ALIAS);
            var pem = folder.resolve("certificate.pem");
            Files.writeString(
                    pem,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                    .encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            var store = folder.resolve("trust.p12");
            try (var out = Files.newOutputStream(store)) {
                trusting(certificate).store(out, null);
            }
            return new Tls(context(keys, password), pem.toAbsolutePath(), store.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Java can sign certificates, but says so to its `keytool` only.
    private static KeyStore keys(Path folder, String password) throws IOException, GeneralSecurityException {
        var posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        var own = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        var hidden = Files.createTempDirectory(folder, "key-", own);
        var file = hidden.resolve("key.p12");
        try {
            keytool(file, password);
            var keys = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                keys.load(in, password.toCharArray());
            }
            return keys;
        } finally {
            Files.deleteIfExists(file);
            Files.delete(hidden);
        }
    }

    private static void keytool(Path file, String password) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        Integer.toString(DAYS),
                        "-dname",
                        "CN=the embedded AWS of Baton",
                        "-ext",
                        "san=dns:localhost,dns:s3.localhost,dns:*.s3.localhost,ip:127.0.0.1",
                        "-ext",
                        "bc:critical=ca:true",
                        "-ext",
                        "ku:critical=digitalSignature,keyCertSign",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass:env",
                        "BATON_KEY_PASSWORD")
                .redirectErrorStream(true);
        builder.environment().put("BATON_KEY_PASSWORD", password);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no certificate: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate", e);
        }
    }

    private static SSLContext context(KeyStore keys, String password) throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore trusting(X509Certificate certificate) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init((@Nullable KeyStore) null);
        var known = Stream.of(others.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
        for (var i = 0; i < known.size(); i++) {
            store.setCertificateEntry("java-" + i, known.get(i));
        }
        store.setCertificateEntry(ALIAS, certificate);
        return store;
    }

    /// What has a JVM trust the server.
    public List<String> options() {
        return List.of("-Djavax.net.ssl.trustStore=" + trustStore, "-Djavax.net.ssl.trustStoreType=PKCS12");
    }
}
