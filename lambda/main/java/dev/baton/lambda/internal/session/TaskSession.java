package dev.baton.lambda.internal.session;

import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.PackedPolicyTooLargeException;

/// The credentials of one attempt. They live for 900 seconds, are asked for anew by each attempt, are kept nowhere, and
/// print as nothing.
public final class TaskSession {
    private static final Logger LOG = LoggerFactory.getLogger(TaskSession.class);
    private static final int SECONDS = 900;
    private static final int PACKED_PERCENT = 80;
    private static final List<Integer> LIMITS = List.of(SessionPolicy.LIMIT, 1_024, 512, 0);

    private final AwsCredentialsProvider credentials;
    private final String role;
    private final String name;
    private final Instant expires;
    private final Narrowing narrowing;

    private TaskSession(AssumeRoleResponse response, String name, Narrowing narrowing) {
        var assumed = response.credentials();
        this.credentials = new Silent(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                assumed.accessKeyId(), assumed.secretAccessKey(), assumed.sessionToken())));
        this.role = response.assumedRoleUser().arn();
        this.name = name;
        this.expires = assumed.expiration();
        this.narrowing = narrowing;
    }

    /// Assumes a task's role for one attempt. STS packs session policy and tags into a binary form with a limit of its
    /// own that nobody can compute; where it is exceeded the policy is narrowed less.
    public static TaskSession assume(StsClient sts, String role, String region, Attempt attempt, Grants grants) {
        var partition = role.split(":", 3)[1];
        for (var limit : LIMITS) {
            var policy = SessionPolicy.of(grants, partition, region, limit);
            try {
                var response = sts.assumeRole(request -> request.roleArn(role)
                        .roleSessionName(attempt.sessionName())
                        .sourceIdentity(attempt.sourceIdentity())
                        .durationSeconds(SECONDS)
                        .policy(policy.json())
                        .tags(attempt.tags()));
                var packed = response.packedPolicySize();
                if (packed != null && packed > PACKED_PERCENT) {
                    LOG.atWarn().addKeyValue("packedPolicySize", packed).log("the session policy is close to STS's limit");
                }
                return new TaskSession(response, attempt.sessionName(), policy.narrowing());
            } catch (PackedPolicyTooLargeException e) {
                if (limit == 0) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("unreachable: the last limit returns or throws");
    }

    /// For clients of the attempt, and nobody else.
    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    /// The ARN of the assumed role, which names role and session.
    public String role() {
        return role;
    }

    public String name() {
        return name;
    }

    public Instant expires() {
        return expires;
    }

    public Narrowing narrowing() {
        return narrowing;
    }

    @Override
    public String toString() {
        return "TaskSession[" + name + "]";
    }

    /// Credentials that do not even print their key id.
    private record Silent(AwsCredentialsProvider provider) implements AwsCredentialsProvider {
        @Override
        public AwsCredentials resolveCredentials() {
            return provider.resolveCredentials();
        }

        @Override
        public String toString() {
            return "the credentials of a task's session";
        }
    }
}
