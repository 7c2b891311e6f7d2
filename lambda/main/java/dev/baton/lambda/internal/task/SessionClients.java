package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.Lazy;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.lambda.internal.session.SessionFit;
import dev.baton.lambda.internal.session.TaskSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/// Clients of the AWS SDK that hold the credentials of one attempt and nothing else; what is asked of them after its
/// end is refused (RUN035).
final class SessionClients implements AutoCloseable {
    private final ServiceClients clients;
    private final TaskSession session;
    private final AttemptEnd end;
    private final Supplier<AttemptHttp> http;
    private final List<AutoCloseable> open = new ArrayList<>();

    /// @param task as messages name it
    /// @param overdue whether the function's time is over
    SessionClients(ServiceClients clients, TaskSession session, String task, BooleanSupplier overdue) {
        this.clients = clients;
        this.session = session;
        this.end = new AttemptEnd(task, overdue);
        this.http = new Lazy<>(() -> new AttemptHttp(clients.http(), end));
    }

    /// For what is done about the attempt, also after its end; the task does not get to see them.
    AwsCredentialsProvider credentials() {
        return session.credentials();
    }

    /// Until when the task may ask for something.
    AttemptEnd end() {
        return end;
    }

    SignedPost post() {
        return clients.post(http.get(), session.credentials());
    }

    /// The ARN of the assumed role's session.
    String role() {
        return session.role();
    }

    SessionFit narrowing() {
        return session.narrowing();
    }

    /// @param type a service's client interface, which has a static `builder()`
    <C extends AutoCloseable> C make(Class<C> type) {
        var what = "an answer to its " + type.getSimpleName();
        end.refuse(what);
        var builder = builder(type);
        clients.configure(builder, () -> {
            end.refuse(what);
            return session.credentials().resolveCredentials();
        });
        if (builder instanceof AwsSyncClientBuilder<?, ?> sync) {
            sync.httpClient(http.get());
        }
        if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
            s3.forcePathStyle(clients.hasEndpoint());
            s3.overrideConfiguration(overrides -> overrides.addExecutionInterceptor(clients.encryptedWrites()));
        }
        var client = type.cast(builder.build());
        synchronized (open) {
            open.add(client);
        }
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

    /// Ends the attempt for the task.
    @Override
    public void close() {
        end.reach();
        http.get().abort();
        List<AutoCloseable> made;
        synchronized (open) {
            made = List.copyOf(open);
            open.clear();
        }
        for (var client : made) {
            try {
                client.close();
            } catch (Exception e) {
                LoggerFactory.getLogger(SessionClients.class).warn("a client of the attempt could not be closed", e);
            }
        }
    }
}
