package dev.baton.lambda.internal.aws;

import dev.baton.lambda.internal.Lazy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The SDK's clients of one function, each made when it is first used.
///
/// S3 has one client and no credentials of its own: whoever reads or writes says with which credentials
/// ([dev.baton.lambda.internal.objects.S3Access]), so that nothing falls back to the function's.
public class ServiceClients {
    private static final int S3_ATTEMPTS = 4;
    private static final int STS_ATTEMPTS = 10;
    private static final S3EndpointProvider S3_ENDPOINTS = S3EndpointProvider.defaultProvider();

    private final FunctionEnvironment environment;
    private final Supplier<SdkHttpClient> http;
    private final Backoff patience;
    private final AwsCredentialsProvider own;
    private final Supplier<S3Client> s3 = new Lazy<>(this::makeS3);
    private final Supplier<StsClient> sts = new Lazy<>(this::makeSts);
    private final Supplier<SfnClient> sfn = new Lazy<>(this::makeSfn);

    public ServiceClients(FunctionEnvironment environment) {
        this(environment, ServiceClients::shared);
    }

    /// @param http what the clients send with
    public ServiceClients(FunctionEnvironment environment, Supplier<SdkHttpClient> http) {
        this(environment, http, Backoff.ASLEEP);
    }

    /// @param http what the clients send with
    /// @param patience how they wait before they try again
    public ServiceClients(FunctionEnvironment environment, Supplier<SdkHttpClient> http, Backoff patience) {
        this.environment = environment;
        this.http = http;
        this.patience = patience;
        this.own = credentials(environment);
    }

    /// The function's own credentials.
    public AwsCredentialsProvider own() {
        return own;
    }

    /// Without credentials: each request brings its own.
    public S3Client s3() {
        return s3.get();
    }

    public StsClient sts() {
        return sts.get();
    }

    public SfnClient sfn() {
        return sfn.get();
    }

    private S3Client makeS3() {
        var retries = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(S3_ATTEMPTS)
                .build();
        return made(S3Client.builder(), AnonymousCredentialsProvider.create(), retries, encryptedWrites())
                .forcePathStyle(hasEndpoint())
                .endpointProvider(ServiceClients::regional)
                .build();
    }

    /// The oldest Region's S3 has two names, and only one of them is that Region's own: the one that a network without
    /// the internet knows.
    private static CompletableFuture<Endpoint> regional(S3EndpointParams asked) {
        return S3_ENDPOINTS.resolveEndpoint(
                asked.toBuilder().useGlobalEndpoint(false).build());
    }

    /// STS shares one quota among all callers of an account and Region, and every attempt of every task calls it:
    /// being throttled is normal there and only a matter of waiting.
    private StsClient makeSts() {
        var retries = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(STS_ATTEMPTS)
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(8)))
                .circuitBreakerEnabled(false)
                .build();
        return made(StsClient.builder(), own, retries).build();
    }

    private SfnClient makeSfn() {
        return made(SfnClient.builder(), own, AwsRetryStrategy.standardRetryStrategy())
                .build();
    }

    private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B made(
            B builder,
            AwsCredentialsProvider credentials,
            StandardRetryStrategy retries,
            ExecutionInterceptor... more) {
        configure(builder, credentials);
        return builder.httpClient(http())
                .overrideConfiguration(overrides -> overrides
                        .retryStrategy(patience.strategy(retries))
                        .executionInterceptors(List.of(more))
                        .addExecutionInterceptor(new SoundAnswers()));
    }

    /// Makes a client's builder speak with this environment's AWS.
    public void configure(AwsClientBuilder<?, ?> builder, AwsCredentialsProvider credentials) {
        builder.region(Region.of(environment.region()));
        builder.credentialsProvider(credentials);
        var endpoint = environment.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        if (environment.isSet(FunctionEnvironment.FIPS)) {
            builder.fipsEnabled(true);
        }
        if (environment.isSet(FunctionEnvironment.DUAL_STACK)) {
            builder.dualstackEnabled(true);
        }
    }

    /// The part of every client of S3 by which writes say what they are encrypted with.
    public EncryptedWrites encryptedWrites() {
        return new EncryptedWrites(environment.keys());
    }

    /// Whether something else than AWS itself answers.
    public boolean hasEndpoint() {
        return environment.endpoint() != null;
    }

    private static AwsCredentialsProvider credentials(FunctionEnvironment environment) {
        var id = environment.find("AWS_ACCESS_KEY_ID");
        var secret = environment.find("AWS_SECRET_ACCESS_KEY");
        if (id == null || secret == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        var token = environment.find("AWS_SESSION_TOKEN");
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, token));
    }

    /// Single POSTs to other services, with credentials that the caller has.
    public SignedPost post(AwsCredentialsProvider credentials) {
        return post(http(), credentials);
    }

    /// [#post] over connections that the caller has.
    public SignedPost post(SdkHttpClient over, AwsCredentialsProvider credentials) {
        return new SignedPost(environment, over, credentials, patience);
    }

    /// The wait before something is tried again.
    public Backoff patience() {
        return patience;
    }

    /// The HTTP client that all clients send with.
    public SdkHttpClient http() {
        return http.get();
    }

    /// One pool of connections for all functions of the process.
    public static SdkHttpClient shared() {
        return Pool.HTTP;
    }

    /// One like [#shared] for a single request: whoever closes it has no connection left.
    public static SdkHttpClient alone() {
        return Pool.builder().socketTimeout(Duration.ofSeconds(5)).build();
    }

    private static final class Pool {
        static final TrustAnchors TRUST = new TrustAnchors();
        static final SdkHttpClient HTTP = builder()
                .maxConnections(200)
                .socketTimeout(Duration.ofSeconds(60))
                .build();

        static {
            TRUST.begin();
        }

        static Apache5HttpClient.Builder builder() {
            return Apache5HttpClient.builder()
                    .tlsTrustManagersProvider(() -> new TrustManager[] {TRUST})
                    .connectionTimeout(Duration.ofSeconds(5));
        }
    }
}
