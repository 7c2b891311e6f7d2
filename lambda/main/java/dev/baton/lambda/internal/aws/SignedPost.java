package dev.baton.lambda.internal.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/// A single POST to a service of which one action is all that is needed. The whole clients of Lambda, EventBridge and
/// Secrets Manager would be a third of the deployed jar for three such actions.
public final class SignedPost {
    private static final int ATTEMPTS = 3;

    private final Environment environment;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;

    public SignedPost(Environment environment, SdkHttpClient http, AwsCredentialsProvider credentials) {
        this.environment = environment;
        this.http = http;
        this.credentials = credentials;
    }

    /// @param service its name in host names and signatures
    /// @param path percent-coded, beginning with `/`
    /// @return the answer's body
    /// @throws IOException when the service refused, or could not be reached at all, or not at last
    public byte[] send(String service, String path, Map<String, String> headers, byte[] body) throws IOException {
        for (var attempt = 1; ; attempt++) {
            try {
                return once(service, path, headers, body);
            } catch (Refused e) {
                if (e.status < 500 || attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private byte[] once(String service, String path, Map<String, String> headers, byte[] body) throws IOException {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint(service))
                .encodedPath(path)
                .putHeader("Content-Length", Integer.toString(body.length));
        headers.forEach(request::putHeader);
        var payload = ContentStreamProvider.fromByteArray(body);
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials.resolveCredentials())
                        .request(request.build())
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, environment.region()));
        var response = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(payload)
                        .build())
                .call();
        try (InputStream answer = response.responseBody().isPresent()
                ? response.responseBody().get()
                : new ByteArrayInputStream(new byte[0])) {
            var content = answer.readAllBytes();
            if (!response.httpResponse().isSuccessful()) {
                throw new Refused(service, response.httpResponse().statusCode(), content);
            }
            return content;
        }
    }

    private URI endpoint(String service) {
        var own = environment.endpoint();
        var region = environment.region();
        return own != null
                ? own
                : URI.create("https://" + service + "." + region + ".amazonaws.com"
                        + (region.startsWith("cn-") ? ".cn" : ""));
    }

    /// What a service answered instead of doing it.
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private static final int SHOWN = 1_000;

        private final int status;

        Refused(String service, int status, byte[] content) {
            super(service + " answered " + status + ": "
                    + new String(content, 0, Math.min(content.length, SHOWN), StandardCharsets.UTF_8));
            this.status = status;
        }
    }
}
