package dev.baton.lambda.internal.aws;

import dev.baton.lambda.internal.Lazy;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The service clients of one function, each made when it is first used.
///
/// S3 has one client and no credentials of its own: whoever reads or writes says with which credentials
/// ([dev.baton.lambda.internal.objects.S3Access]), so that nothing falls back to the function's.
public final class ServiceClients {
    private final FunctionEnvironment environment;
    private final Supplier<SdkHttpClient> http;
    private final Backoff patience;
    private final AwsCredentialsProvider own;
    private final Supplier<S3Client> s3 = new Lazy<>(this::makeS3);
    private final Supplier<ObjectCalls> objects;
    private final Supplier<StsCalls> sts;
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
        this.objects = new Lazy<>(() -> new ObjectCalls(environment, http(), patience));
        this.sts = new Lazy<>(() -> new StsCalls(environment, http(), patience));
    }

    /// The function's own credentials.
    public AwsCredentialsProvider own() {
        return own;
    }

    /// S3's calls about single objects: each brings its own credentials.
    public ObjectCalls objects() {
        return objects.get();
    }

    /// All of S3, for what few tasks need, without credentials: each request brings its own.
    public S3Client s3() {
        return s3.get();
    }

    public StsCalls sts() {
        return sts.get();
    }

    public SfnClient sfn() {
        return sfn.get();
    }

    private S3Client makeS3() {
        var builder = configured(S3Client.builder())
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http.get())
                .forcePathStyle(hasEndpoint())
                .overrideConfiguration(overrides -> overrides.addExecutionInterceptor(encryptedWrites()));
        patience.lend(builder);
        return builder.build();
    }

    private SfnClient makeSfn() {
        var builder = configured(SfnClient.builder()).httpClient(http.get());
        patience.lend(builder);
        return builder.build();
    }

    private <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
        configure(builder, own);
        return builder;
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

    /// What every client of S3 has: writes that say what they are encrypted with.
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

    /// How to wait before something is tried again.
    public Backoff patience() {
        return patience;
    }

    /// What the clients send with.
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
