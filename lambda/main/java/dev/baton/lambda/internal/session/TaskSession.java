package dev.baton.lambda.internal.session;

import dev.baton.name.Arn;
import dev.baton.run.RoleSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The credentials of one attempt. They live for 900 seconds, are asked for anew by each attempt, are kept nowhere, and
/// print as nothing. An attempt that outlives them assumes the role again under the same name.
public final class TaskSession {
    private static final Logger LOG = LoggerFactory.getLogger(TaskSession.class);
    private static final int SECONDS = 900;
    private static final int PACKED_PERCENT = 80;
    private static final List<Integer> LIMITS = List.of(SessionPolicy.LIMIT, 1_024, 512, 0);

    private final LastingCredentials credentials;
    private final String role;
    private final String name;
    private final SessionFit narrowing;

    private TaskSession(LastingCredentials credentials, String role, String name, SessionFit narrowing) {
        this.credentials = credentials;
        this.role = role;
        this.name = name;
        this.narrowing = narrowing;
    }

    /// Assumes a task's role for one attempt. STS packs session policy and tags into a binary form with a limit of its
    /// own that nobody can compute; where it is exceeded the policy is narrowed less.
    ///
    /// @param role the ARN of the role
    /// @param time what tells when the session ends
    public static TaskSession assume(
            Function<RoleRequest, RoleCredentials> sts,
            String role,
            String region,
            RoleSession session,
            SessionScope grants,
            InstantSource time) {
        var partition = Arn.parse(role).partition();
        for (var limit : LIMITS) {
            var policy = SessionPolicy.of(grants, partition, region, limit);
            var request = new RoleRequest(
                    role,
                    session.name(),
                    session.sourceIdentity(),
                    SECONDS,
                    policy.json(),
                    session.tags(),
                    session.transitiveTags());
            try {
                var assumed = sts.apply(request);
                if (assumed.packedPercent() > PACKED_PERCENT) {
                    LOG.atWarn()
                            .addKeyValue("packedPolicySize", assumed.packedPercent())
                            .log("the session policy is close to STS's limit");
                }
                var credentials = new LastingCredentials(assumed, () -> sts.apply(request), time);
                return new TaskSession(credentials, assumed.arn(), session.name(), policy.narrowing());
            } catch (AwsServiceException e) {
                if (limit == 0 || !isTooLarge(e)) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("unreachable: the last limit returns or throws");
    }

    private static boolean isTooLarge(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && "PackedPolicyTooLarge".equals(e.awsErrorDetails().errorCode());
    }

    /// For clients of the attempt, and nobody else.
    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    /// The ARN of the assumed role's session.
    public String role() {
        return role;
    }

    public String name() {
        return name;
    }

    /// The time at which the credentials that are held now end.
    public Instant expires() {
        return credentials.expires();
    }

    public SessionFit narrowing() {
        return narrowing;
    }

    @Override
    public String toString() {
        return "TaskSession[" + name + "]";
    }
}
