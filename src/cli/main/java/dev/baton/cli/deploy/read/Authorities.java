package dev.baton.cli.deploy.read;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/// The certificate authorities: who vouches for an endpoint that speaks HTTPS. AWS's command and most SDKs read it from
/// `AWS_CA_BUNDLE`; the SDK for Java does not, and knows `javax.net.ssl.trustStore` only.
///
/// @param file certificates, PEM; those whom Java trusts where absent
public record Authorities(@Nullable Path file) {
    /// Those whom Java trusts.
    public static final Authorities OF_JAVA = new Authorities(null);

    private static final String VARIABLE = "AWS_CA_BUNDLE";

    /// The authorities that the variables name.
    public static Authorities of(Map<String, String> variables) {
        var named = variables.getOrDefault(VARIABLE, "");
        return named.isEmpty() ? OF_JAVA : new Authorities(Path.of(named));
    }

    /// A client that trusts nobody else.
    ///
    /// @throws DiagnosticException CLI024 when the file holds no certificates
    public SdkHttpClient client() {
        var builder = Apache5HttpClient.builder();
        if (file != null) {
            var managers = managers(file);
            builder.tlsTrustManagersProvider(() -> managers);
        }
        return builder.build();
    }

    private static TrustManager[] managers(Path file) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var number = 0;
            for (var certificate : certificates(file)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (var in = Files.newInputStream(file)) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw unusable(file, "holds no certificate");
            }
            return found;
        } catch (IOException e) {
            throw unusable(file, "cannot be read");
        } catch (CertificateException e) {
            throw unusable(file, "holds something else than certificates: " + e.getMessage());
        }
    }

    private static DiagnosticException unusable(Path file, String message) {
        return new DiagnosticException(Diagnostic.error(
                "CLI024",
                Location.named(VARIABLE + "=" + file),
                message,
                "name a PEM file with the certificates of who vouches for the endpoint, or unset " + VARIABLE));
    }
}
