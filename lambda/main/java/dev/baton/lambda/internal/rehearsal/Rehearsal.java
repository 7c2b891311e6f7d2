package dev.baton.lambda.internal.rehearsal;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.objects.Precondition;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.session.SessionScope;
import dev.baton.lambda.internal.session.Sts;
import dev.baton.lambda.internal.session.TaskSession;
import dev.baton.run.RoleSession;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/// Goes once through what every task does with AWS, against answers that are made up: no request leaves the function
/// (but for one [#knock] before a snapshot), no credential is used. What the JVM has loaded and linked by then, the
/// first invocation need not wait for.
public final class Rehearsal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private final FunctionEnvironment environment;
    private final CannedAnswers answers = new CannedAnswers();

    /// @param region the function's
    public Rehearsal(String region) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_REGION", region);
        variables.put("AWS_ACCESS_KEY_ID", "rehearsal");
        variables.put("AWS_SECRET_ACCESS_KEY", "rehearsal");
        variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        this.environment = new FunctionEnvironment(variables);
    }

    /// The requests that were made up answers to, as `METHOD PATH`.
    List<String> asked() {
        return answers.asked();
    }

    /// Never fails: what cannot be rehearsed happens for the first time when it is needed.
    @Override
    public void run() {
        try {
            rehearse();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the rehearsal ended early");
        }
    }

    private void rehearse() {
        // The one HTTP client that all will use; answers are made up for those of the rehearsal only.
        ServiceClients.shared();
        var clients = new ServiceClients(environment, () -> answers);
        var session = TaskSession.assume(
                new Sts(clients),
                "arn:aws:iam::0:role/r",
                environment.region(),
                new RoleSession("r", "arn:aws:states:r:0:execution:r:r", "R", "r", 0, null),
                new SessionScope(List.of(SessionScope.Place.key("b", "k")), List.of(), List.of(), List.of()),
                InstantSource.system());
        var s3 = new S3Access(clients, session.credentials());
        s3.find("b", "missing");
        s3.find("b", "k");
        Json.parseObject(Objects.requireNonNull(s3.read("b", "k", null)).bytes());
        s3.write(
                "b",
                "k",
                Json.bytes(Map.of("r", "r")),
                "application/json",
                Map.of("baton-run", "r"),
                new Precondition.Absent());
    }

    /// Asks STS who asks, with no credential, over a connection that is closed again: what a connection takes, the
    /// handshake of TLS above all, is there afterwards. Whether and how STS answers does not matter.
    public static void knock(FunctionEnvironment environment) {
        var builder = StsClient.builder();
        new ServiceClients(environment).configure(builder, AnonymousCredentialsProvider.create());
        try (var http = ServiceClients.alone();
                var sts = builder.httpClient(http)
                        .overrideConfiguration(overrides -> overrides.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .build()) {
            sts.getCallerIdentity();
        } catch (SdkException e) {
            LOG.atTrace().setCause(e).log("STS did not say who asks");
        }
    }
}
