package dev.baton.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.local.lambda.function.LambdaFunction;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/// An embedded AWS with an administrator's clients, and roles and functions made with one call.
public final class ApplicationEndpoint implements AutoCloseable {
    public static final String ACCOUNT = "000000000000";

    private final EmbeddedAws aws;
    private final StaticCredentialsProvider credentials;
    private final SfnClient states;
    private final LambdaClient lambda;
    private final EventBridgeClient events;
    private final S3Client s3;

    public ApplicationEndpoint() {
        this(EmbeddedAws.start());
    }

    /// @param aws closed with this
    public ApplicationEndpoint(EmbeddedAws aws) {
        this.aws = aws;
        credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                aws.administrator().accessKeyId(), aws.administrator().secretAccessKey()));
        states = client(SfnClient.builder());
        lambda = client(LambdaClient.builder());
        events = client(EventBridgeClient.builder());
        s3 = client(S3Client.builder().forcePathStyle(true));
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends SdkClient> C client(B builder) {
        return client(credentials, builder);
    }

    /// A client of somebody else.
    public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends SdkClient> C client(
            String accessKeyId, String secretAccessKey, B builder) {
        return client(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)), builder);
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends SdkClient> C client(
            StaticCredentialsProvider caller, B builder) {
        return builder.endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(caller)
                .httpClient(Apache5HttpClient.create())
                // StartSyncExecution would otherwise go to the host "sync-127.0.0.1".
                .overrideConfiguration(
                        o -> o.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
                .build();
    }

    public EmbeddedAws aws() {
        return aws;
    }

    public SfnClient states() {
        return states;
    }

    public LambdaClient lambda() {
        return lambda;
    }

    public EventBridgeClient events() {
        return events;
    }

    public S3Client s3() {
        return s3;
    }

    /// A role that a service may assume.
    ///
    /// @param statements of its policy, JSON objects with commas between; empty for none
    /// @return its ARN
    public String role(String name, String service, String statements) {
        var identities = aws.foundation().identities();
        identities.role("/", name, """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"%s"},"Action":"sts:AssumeRole"}}""".formatted(service));
        if (!statements.isEmpty()) {
            identities.putRolePolicy(name, "inline", "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
        }
        return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
    }

    public static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    /// Registers a function under a role of its own, and gives its ARN without version.
    public String function(String name, Function<Map<String, String>, RequestStreamHandler> handler) {
        var role = role(name + "-role", "lambda.amazonaws.com", "");
        var version = aws.lambda()
                .register(new LambdaFunction(
                        name, role, Map.of("GREETING", "hello"), Duration.ofSeconds(5), 128, handler));
        return version.substring(0, version.lastIndexOf(':'));
    }

    @Override
    public void close() {
        states.close();
        lambda.close();
        events.close();
        s3.close();
        aws.close();
    }
}
