package dev.baton.lambda.internal.aws;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.SdkMessages;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/// A single POST to a service of which one action is all that is needed, with the SDK's signatures, retries and HTTP.
/// The whole clients of Lambda, EventBridge and Secrets Manager would be a third of the deployed jar for three such
/// actions.
public final class SignedPost {
    /// In characters.
    private static final int SHOWN = 1_000;

    private final FunctionEnvironment environment;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final Backoff patience;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

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
        return send(ServiceAddress.of(environment, service), environment.region(), service, path, headers, body);
    }

    /// [#send] to a service that each partition has once, such as IAM.
    public byte[] sendGlobally(String service, Map<String, String> headers, byte[] body) throws IOException {
        var home = ServiceAddress.home(environment);
        return send(ServiceAddress.global(environment, service), home, service, "/", headers, body);
    }

    private byte[] send(
            URI address, String region, String service, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(address)
                .encodedPath(path)
                .putHeader("Content-Length", Integer.toString(body.length));
        headers.forEach(request::putHeader);
        var unsigned = request.build();
        var retries = patience.strategy(AwsRetryStrategy.standardRetryStrategy());
        var token = retries.acquireInitialToken(AcquireInitialTokenRequest.create(service))
                .token();
        while (true) {
            Exception failure;
            try {
                var answer = exchange(service, region, unsigned, ContentStreamProvider.fromByteArray(body));
                var content = content(answer);
                if (answer.httpResponse().isSuccessful()) {
                    return content;
                }
                failure = refusal(service, answer.httpResponse(), new String(content, StandardCharsets.UTF_8));
            } catch (IOException e) {
                failure = e;
            }
            token = pause(retries, token, service, failure);
        }
    }

    private HttpExecuteResponse exchange(
            String service, String region, SdkHttpRequest request, ContentStreamProvider content) throws IOException {
        var signed = signer.sign(SignRequest.builder((AwsCredentialsIdentity) credentials.resolveCredentials())
                .request(request)
                .payload(content)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .build());
        return http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(null))
                        .build())
                .call();
    }

    private static byte[] content(HttpExecuteResponse answer) throws IOException {
        var body = answer.responseBody().orElse(null);
        if (body == null) {
            return new byte[0];
        }
        try (InputStream in = body) {
            return in.readAllBytes();
        }
    }

    private RetryToken pause(RetryStrategy retries, RetryToken token, String service, Exception failure)
            throws IOException {
        try {
            var next = retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                    .token(token)
                    .failure(failure)
                    .build());
            patience.pass(next.delay());
            return next.token();
        } catch (TokenAcquisitionFailedException e) {
            throw new IOException(
                    failure instanceof AwsServiceException
                            ? SdkMessages.of(failure)
                            : service + " could not be reached: " + SdkMessages.of(failure),
                    failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// What an answer says that is none of success. Code and message come as JSON, the code in a header too, some with
    /// a name space before or behind it; of anything else the beginning is the message.
    private static AwsServiceException refusal(String service, SdkHttpResponse answer, String text) {
        var said = said(text);
        var header = answer.firstMatchingHeader("x-amzn-errortype").orElse(null);
        var code = header == null ? said.get("__type") : header;
        var message = said.getOrDefault("message", said.get("Message"));
        return AwsServiceException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service)
                        .errorCode(
                                code == null
                                        ? null
                                        : code.toString()
                                                .replaceFirst("^.*#", "")
                                                .replaceFirst(":.*", ""))
                        .errorMessage(
                                message == null
                                        ? text.substring(0, Math.min(text.length(), SHOWN))
                                        : message.toString())
                        .sdkHttpResponse(answer)
                        .build())
                .statusCode(answer.statusCode())
                .requestId(answer.firstMatchingHeader("x-amzn-requestid").orElse(null))
                .build();
    }

    private static Map<String, @Nullable Object> said(String text) {
        try {
            return text.startsWith("{") ? Json.parseObject(text) : Map.of();
        } catch (JsonException e) {
            return Map.of();
        }
    }
}
