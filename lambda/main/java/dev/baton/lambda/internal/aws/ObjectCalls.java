package dev.baton.lambda.internal.aws;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// S3's requests about single objects ([SignedRequests]). `ObjectCallsTest` holds that on the wire they are what the
/// SDK's own client of S3 says.
public final class ObjectCalls {
    /// As many as the SDK's own client makes.
    private static final int ATTEMPTS = 4;

    private final FunctionEnvironment environment;
    private final Map<String, String> keys;
    private final Region region;
    private final S3EndpointProvider endpoints = S3EndpointProvider.defaultProvider();
    private final SignedRequests requests;

    ObjectCalls(FunctionEnvironment environment, SdkHttpClient http, Backoff patience) {
        this.environment = environment;
        this.keys = environment.keys();
        this.region = Region.of(environment.region());
        this.requests = new SignedRequests(
                new SignedRequests.Service("s3", "S3", true, S3Exception::builder),
                environment.region(),
                http,
                patience,
                () -> AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build());
    }

    /// Makes something of an answer. One that it cannot read is asked for again.
    public interface Reading<T> {
        T read(ServiceAnswer answer) throws IOException;
    }

    /// Sends a call until S3 answers.
    ///
    /// @param reading of any answer but those that say that S3 cannot, or not now
    /// @throws software.amazon.awssdk.core.exception.SdkException when there was no answer but those
    public <T> T send(ObjectCall call, AwsCredentialsProvider credentials, Reading<T> reading) {
        return requests.send(request(call), call.content(), credentials, reading::read);
    }

    /// What an answer that is none of success says.
    public AwsServiceException refusal(ServiceAnswer answer) throws IOException {
        return requests.refusal(answer);
    }

    private SdkHttpRequest request(ObjectCall call) {
        var endpoint = endpoints
                .resolveEndpoint(place(call.bucket()))
                .join()
                .endpointUrl()
                .toUri();
        var request = SdkHttpRequest.builder()
                .method(call.method())
                .uri(endpoint)
                .encodedPath(path(endpoint.getRawPath(), call.key()))
                .putHeader("User-Agent", "baton");
        call.headers().forEach(request::putHeader);
        call.query().forEach((name, value) -> request.putRawQueryParameter(name, value.isEmpty() ? null : value));
        return request.build();
    }

    /// @param base the bucket's own, empty where the host names the bucket
    private static String path(@Nullable String base, String key) {
        var bucket = base == null ? "" : base;
        return key.isEmpty() ? bucket : bucket + "/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key);
    }

    private S3EndpointParams place(String bucket) {
        var endpoint = environment.endpoint();
        return S3EndpointParams.builder()
                .bucket(bucket)
                .region(region)
                .endpoint(endpoint == null ? null : endpoint.toString())
                .forcePathStyle(endpoint != null)
                .useFips(environment.isSet(FunctionEnvironment.FIPS))
                .useDualStack(environment.isSet(FunctionEnvironment.DUAL_STACK))
                .build();
    }

    /// What says that an object is to be encrypted with the key of its bucket, as [EncryptedWrites] does for clients of
    /// the SDK.
    public Map<String, String> encryption(String bucket) {
        var key = keys.get(bucket);
        return key == null
                ? Map.of()
                : Map.of("x-amz-server-side-encryption", "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id", key);
    }
}
