package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.aws.Clients;
import dev.baton.lambda.internal.aws.Environment;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.lambda.internal.session.Narrowing;
import dev.baton.lambda.internal.session.TaskSession;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/// Clients of the AWS SDK that hold the credentials of one attempt and nothing else; closed with it.
final class SessionClients implements AutoCloseable {
    private final Clients clients;
    private final TaskSession session;
    private final List<AutoCloseable> open = new ArrayList<>();

    SessionClients(Clients clients, TaskSession session) {
        this.clients = clients;
        this.session = session;
    }

    AwsCredentialsProvider credentials() {
        return session.credentials();
    }

    SignedPost post(Environment environment) {
        return new SignedPost(environment, clients.http(), session.credentials());
    }

    /// The ARN of the assumed role's session.
    String role() {
        return session.role();
    }

    Narrowing narrowing() {
        return session.narrowing();
    }

    /// @param type a service's client interface, which has a static `builder()`
    <C extends AutoCloseable> C make(Class<C> type) {
        var builder = builder(type);
        clients.configure(builder, session.credentials());
        if (builder instanceof AwsSyncClientBuilder<?, ?> sync) {
            sync.httpClient(clients.http());
        }
        if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
            s3.forcePathStyle(clients.hasEndpoint());
            s3.overrideConfiguration(overrides -> overrides.addExecutionInterceptor(clients.encryptedWrites()));
        }
        var client = type.cast(builder.build());
        open.add(client);
        return client;
    }

    private static AwsClientBuilder<?, ?> builder(Class<?> type) {
        try {
            if (type.getMethod("builder").invoke(null) instanceof AwsClientBuilder<?, ?> builder) {
                return builder;
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(explain(type), e);
        }
        throw new IllegalArgumentException(explain(type));
    }

    private static String explain(Class<?> type) {
        return "a client is asked for by its interface in the AWS SDK for Java 2, such as DynamoDbClient.class, but was "
                + type.getName();
    }

    @Override
    public void close() {
        for (var client : open) {
            try {
                client.close();
            } catch (Exception e) {
                LoggerFactory.getLogger(SessionClients.class)
                        .warn("a client of the attempt could not be closed", e);
            }
        }
    }
}
