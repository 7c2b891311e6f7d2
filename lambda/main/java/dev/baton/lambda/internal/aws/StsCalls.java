package dev.baton.lambda.internal.aws;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointParams;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;
import software.amazon.awssdk.services.sts.model.StsException;

/// STS's requests ([SignedRequests]), to the Region's own STS. `StsTest` holds that on the wire they are what the
/// SDK's own client of STS says.
public final class StsCalls {
    private final FunctionEnvironment environment;
    private final SignedRequests requests;

    StsCalls(FunctionEnvironment environment, SdkHttpClient http, Backoff patience) {
        this.environment = environment;
        this.requests = new SignedRequests(
                new SignedRequests.Service("sts", "Sts", false, StsException::builder),
                environment.region(),
                http,
                patience,
                StsCalls::patient);
    }

    /// Makes something of an answer. One that it cannot read is asked for again.
    public interface Reading<T> {
        T read(ServiceAnswer answer) throws IOException;
    }

    /// Sends a form of the Query protocol until STS answers.
    ///
    /// @param form percent-coded
    /// @throws StsException when STS refuses
    /// @throws software.amazon.awssdk.core.exception.SdkClientException when there was no answer
    public <T> T send(byte[] form, AwsCredentialsProvider credentials, Reading<T> reading) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint(environment))
                .putHeader("User-Agent", "baton")
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(form.length))
                .build();
        return requests.send(request, ContentStreamProvider.fromByteArray(form), credentials, answer -> {
            if (!answer.isSuccessful()) {
                throw requests.refusal(answer);
            }
            return reading.read(answer);
        });
    }

    /// Where an environment's STS answers.
    public static URI endpoint(FunctionEnvironment environment) {
        var endpoint = environment.endpoint();
        var place = StsEndpointParams.builder()
                .region(Region.of(environment.region()))
                .endpoint(endpoint == null ? null : endpoint.toString())
                .useFips(environment.isSet(FunctionEnvironment.FIPS))
                .useDualStack(environment.isSet(FunctionEnvironment.DUAL_STACK))
                .build();
        return StsEndpointProvider.defaultProvider()
                .resolveEndpoint(place)
                .join()
                .endpointUrl()
                .toUri();
    }

    /// STS shares one quota among all callers of an account and Region, and every attempt of every task calls it:
    /// being throttled is normal there and only a matter of waiting.
    private static RetryStrategy patient() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(10)
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(8)))
                .circuitBreakerEnabled(false)
                .build();
    }
}
