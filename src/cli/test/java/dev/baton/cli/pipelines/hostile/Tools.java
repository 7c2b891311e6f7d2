package dev.baton.cli.pipelines.hostile;

import dev.baton.task.TaskRun;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/// What a task has to break in with: clients of its session, and clients of what the function's environment holds.
public final class Tools implements AutoCloseable {
    /// The credentials of a session, for whoever wants to see what they are worth later.
    public static final AtomicReference<@Nullable AwsCredentials> LEAKED = new AtomicReference<>();

    final Clients session;
    final Clients function;
    final Clients environment;
    final S3Client given;
    private final String key;
    private final List<AutoCloseable> open = new ArrayList<>();

    /// @param input the key of an object that the task may read
    Tools(TaskRun run, String input) {
        given = run.client(S3Client.class);
        key = given.headObject(r -> r.bucket("lake").key(input)).ssekmsKeyId();
        var own = (AwsCredentialsProvider)
                given.serviceClientConfiguration().credentialsProvider();
        LEAKED.set(own.resolveCredentials());
        session = new Clients(own);
        function = new Clients(null);
        environment = new Clients(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                variable("AWS_ACCESS_KEY_ID", "aws.accessKeyId"),
                variable("AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey"),
                variable("AWS_SESSION_TOKEN", "aws.sessionToken"))));
    }

    /// Of the process, or of the function where several share one.
    private static String variable(String name, String property) {
        var value = System.getProperty(property);
        return value == null ? System.getenv(name) : value;
    }

    /// Raw clients, nothing added to what they send.
    final class Clients {
        private final @Nullable AwsCredentialsProvider credentials;
        private final Map<Class<?>, Object> made = new HashMap<>();

        /// @param credentials null for whatever the SDK finds by itself
        Clients(@Nullable AwsCredentialsProvider credentials) {
            this.credentials = credentials;
        }

        private <B extends AwsClientBuilder<B, C>, C extends AutoCloseable> C client(Class<C> type, B builder) {
            var known = made.get(type);
            if (known != null) {
                return type.cast(known);
            }
            // Else credentials, Region and where AWS is are all found by default.
            if (credentials != null) {
                builder.credentialsProvider(credentials)
                        .region(Region.of(variable("AWS_REGION", "aws.region")))
                        .endpointOverride(URI.create(variable("AWS_ENDPOINT_URL", "aws.endpointUrl")));
            }
            var client = builder.build();
            made.put(type, client);
            open.add(client);
            return client;
        }

        S3Client s3() {
            return client(S3Client.class, S3Client.builder());
        }

        StsClient sts() {
            return client(StsClient.class, StsClient.builder());
        }

        IamClient iam() {
            return client(IamClient.class, IamClient.builder());
        }

        SfnClient states() {
            return client(SfnClient.class, SfnClient.builder());
        }

        KmsClient kms() {
            return client(KmsClient.class, KmsClient.builder());
        }

        LambdaClient lambda() {
            return client(LambdaClient.class, LambdaClient.builder());
        }

        EventBridgeClient events() {
            return client(EventBridgeClient.class, EventBridgeClient.builder());
        }
    }

    /// Writes with the encryption that is asked for there.
    void write(S3Client s3, String bucket, String object) {
        s3.putObject(
                r -> r.bucket(bucket)
                        .key(object)
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key),
                RequestBody.fromString("mine"));
    }

    @Override
    public void close() {
        for (var client : open) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
