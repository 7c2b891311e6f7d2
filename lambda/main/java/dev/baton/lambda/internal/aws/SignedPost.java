package dev.baton.lambda.internal.aws;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// A single POST to a service of which one action is all that is needed. The whole clients of Lambda, EventBridge and
/// Secrets Manager would be a third of the deployed jar for three such actions.
public final class SignedPost {
    private final FunctionEnvironment environment;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final Backoff patience;

    /// @param patience how it waits before it tries again
    SignedPost(
            FunctionEnvironment environment, SdkHttpClient http, AwsCredentialsProvider credentials, Backoff patience) {
        this.environment = environment;
        this.http = http;
        this.credentials = credentials;
        this.patience = patience;
    }

    /// @param service its name in host names and signatures
    /// @param path percent-coded, beginning with `/`
    /// @return the answer's body
    /// @throws IOException when the service refused, or could not be reached at all, or not at last
    public byte[] send(String service, String path, Map<String, String> headers, byte[] body) throws IOException {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint(service))
                .encodedPath(path)
                .putHeader("Content-Length", Integer.toString(body.length));
        headers.forEach(request::putHeader);
        var requests = new SignedRequests(
                new SignedRequests.Service(service, service, false, AwsServiceException::builder),
                environment.region(),
                http,
                patience,
                AwsRetryStrategy::standardRetryStrategy);
        try {
            return requests.send(request.build(), ContentStreamProvider.fromByteArray(body), credentials, answer -> {
                if (!answer.isSuccessful()) {
                    throw requests.refusal(answer);
                }
                return answer.bytes();
            });
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
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
}
