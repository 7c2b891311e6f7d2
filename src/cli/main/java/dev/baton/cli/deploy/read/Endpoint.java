package dev.baton.cli.deploy.read;

import dev.baton.lambda.plan.OutputTables;
import dev.baton.name.Arn;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentityProof.SignedCall;
import dev.baton.run.Prefix;
import java.net.URI;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/// An endpoint of AWS, where AWS is, who we are there, and what the names begin with that are ours there: clients for
/// the services that a pipeline is put on. Of what lies under another prefix nothing is seen, and nothing is touched.
public final class Endpoint implements AutoCloseable {
    private final SdkHttpClient http;
    private final Authorities authorities;
    private final Connection connection;
    private final S3Client s3;
    private final SfnClient states;
    private final IamClient iam;
    private final EventBridgeClient events;
    private final LambdaClient lambda;
    private final KmsClient kms;
    private final EcsClient ecs;
    private final SchedulerApi scheduler;
    private final LogsApi logs;
    private final Prefix prefix;
    private final IdentityTokens tokens;

    public Endpoint(URI address, String region, String accessKeyId, String secretAccessKey) {
        this(
                address,
                region,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)));
    }

    /// @param address where all services answer; AWS itself where absent
    public Endpoint(@Nullable URI address, String region, AwsCredentialsProvider credentials) {
        this(address, region, credentials, Authorities.OF_JAVA);
    }

    /// @param address where all services answer; AWS itself where absent
    /// @param authorities who vouches for it
    public Endpoint(@Nullable URI address, String region, AwsCredentialsProvider credentials, Authorities authorities) {
        this.authorities = authorities;
        http = authorities.client();
        connection = new Connection(address, Region.of(region), credentials, http);
        s3 = connection.to(S3Client.builder().forcePathStyle(address != null)).build();
        states = connection.to(SfnClient.builder()).build();
        iam = connection.global(IamClient.builder()).build();
        events = connection.to(EventBridgeClient.builder()).build();
        lambda = connection.to(LambdaClient.builder()).build();
        kms = connection.to(KmsClient.builder()).build();
        ecs = connection.to(EcsClient.builder()).build();
        scheduler = new SchedulerApi(http, address, Region.of(region), credentials);
        logs = new LogsApi(http, address, Region.of(region), credentials);
        prefix = Prefix.BATON;
        tokens = IdentityTokens.NONE;
    }

    private Endpoint(Endpoint other, Prefix prefix, IdentityTokens tokens) {
        http = other.http;
        authorities = other.authorities;
        connection = other.connection;
        s3 = other.s3;
        states = other.states;
        iam = other.iam;
        events = other.events;
        lambda = other.lambda;
        kms = other.kms;
        ecs = other.ecs;
        scheduler = other.scheduler;
        logs = other.logs;
        this.prefix = prefix;
        this.tokens = tokens;
    }

    /// The same for an environment whose names begin with a prefix. To close one is to close both.
    public Endpoint under(Prefix other) {
        return new Endpoint(this, other, tokens);
    }

    /// The same for somebody who has tokens of identity providers.
    public Endpoint with(IdentityTokens others) {
        return new Endpoint(this, prefix, others);
    }

    /// A session at the same place that may read and nothing else, whatever the credentials here may do.
    ///
    /// @param role the ARN of a role to read as; null where the credentials are a user's own
    public ReadSession reading(@Nullable String role) {
        return ReadSession.of(connection.to(StsClient.builder()).build(), role);
    }

    /// Another endpoint at the same place for other credentials.
    public Endpoint as(AwsCredentialsProvider others) {
        return new Endpoint(address(), region(), others, authorities).under(prefix);
    }

    /// The tokens of identity providers that whoever asks has.
    public IdentityTokens tokens() {
        return tokens;
    }

    /// A call of `sts:GetCallerIdentity` that is signed and not sent.
    ///
    /// @param audience whom it is meant for
    public SignedCall callerProof(String audience) {
        var address =
                connection.address() == null ? SignedCalls.address("sts", connection.region()) : connection.address();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(connection.credentials().resolveCredentials())
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(address)
                                .encodedPath("/")
                                .putHeader("Content-Type", IdentityProof.CALL_TYPE)
                                .putHeader(IdentityProof.AUDIENCE_HEADER, audience)
                                .build())
                        .payload(ContentStreamProvider.fromUtf8String(IdentityProof.CALL))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(
                                AwsV4HttpSigner.REGION_NAME, connection.region().id()))
                .request();
        var headers = new TreeMap<String, String>();
        signed.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new SignedCall(headers);
    }

    /// The prefix of the names here.
    public Prefix prefix() {
        return prefix;
    }

    /// The address at which all services answer; null where it is AWS itself.
    public @Nullable URI address() {
        return connection.address();
    }

    public String region() {
        return connection.region().id();
    }

    /// The account that the credentials belong to.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI027 when the answer names none: AWS does
    public String account() {
        try (var sts = connection.to(StsClient.builder()).build()) {
            var account = sts.getCallerIdentity().account();
            if (account == null) {
                throw EndpointDocuments.malformed("the answer to sts:GetCallerIdentity", "names no account");
            }
            return account;
        }
    }

    /// Who the credentials belong to, as its account calls it: `user/ada`, `assumed-role/Operator/ada`.
    public String caller() {
        return callerArn().resource();
    }

    /// The ARN of whoever the credentials belong to.
    public Arn callerArn() {
        try (var sts = connection.to(StsClient.builder()).build()) {
            var caller = Arn.find(String.valueOf(sts.getCallerIdentity().arn()));
            if (caller == null) {
                throw EndpointDocuments.malformed("the answer to sts:GetCallerIdentity", "names nobody");
            }
            return caller;
        }
    }

    public S3Client s3() {
        return s3;
    }

    public SfnClient states() {
        return states;
    }

    public IamClient iam() {
        return iam;
    }

    public EventBridgeClient events() {
        return events;
    }

    public LambdaClient lambda() {
        return lambda;
    }

    public KmsClient kms() {
        return kms;
    }

    public EcsClient ecs() {
        return ecs;
    }

    public SchedulerApi scheduler() {
        return scheduler;
    }

    /// The tables of outputs that are items.
    public OutputTables tables() {
        return new OutputTables(address(), region(), connection.credentials(), http);
    }

    public LogsApi logs() {
        return logs;
    }

    @Override
    public void close() {
        s3.close();
        states.close();
        iam.close();
        events.close();
        lambda.close();
        kms.close();
        ecs.close();
        http.close();
    }

    private record Connection(
            @Nullable URI address, Region region, AwsCredentialsProvider credentials, SdkHttpClient http) {
        <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B to(B builder) {
            if (address != null) {
                builder.endpointOverride(address);
            }
            return builder.region(region).credentialsProvider(credentials).httpClient(http);
        }

        /// IAM has one endpoint for all regions, but an endpoint of one's own is where it is.
        <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B global(B builder) {
            return address == null ? to(builder).region(Region.AWS_GLOBAL) : to(builder);
        }
    }
}
