package dev.baton.cli.deploy.read;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsGetFederationTokenCredentialsProvider;

/// A session for reading: credentials that a session policy narrows to what looks at pipelines and their runs. Who holds
/// them writes nothing and reads no secret, whatever the code does that uses them: AWS refuses it.
///
/// It is renewed before it expires. The keys it was made with stay here.
public final class ReadSession implements AwsCredentialsProvider, AutoCloseable {
    /// The name that CloudTrail and `sts:GetCallerIdentity` show.
    public static final String NAME = "baton-reads";

    /// What reading takes. A session has no more of it than the user or the role has.
    private static final List<String> ACTIONS = List.of(
            "states:Describe*",
            "states:List*",
            "states:GetExecutionHistory",
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:GetObjectTagging",
            "s3:GetBucketLocation",
            "s3:ListAllMyBuckets",
            "s3:ListBucket",
            "s3:ListBucketVersions",
            "lambda:GetFunction*",
            "lambda:GetAlias",
            "lambda:List*",
            "logs:Describe*",
            "logs:FilterLogEvents",
            "logs:GetLogEvents",
            "events:Describe*",
            "events:List*",
            "scheduler:Get*",
            "scheduler:List*",
            "ecs:Describe*",
            "ecs:List*",
            "dynamodb:GetItem",
            "dynamodb:DescribeTable",
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:List*");
    private static final int HOUR = 3_600;

    private final StsClient sts;
    private final AwsCredentialsProvider session;

    private ReadSession(StsClient sts, AwsCredentialsProvider session) {
        this.sts = sts;
        this.session = session;
    }

    static ReadSession of(StsClient sts, @Nullable String role) {
        return new ReadSession(
                sts,
                role == null
                        ? StsGetFederationTokenCredentialsProvider.builder()
                                .stsClient(sts)
                                .refreshRequest(request ->
                                        request.name(NAME).policy(policy()).durationSeconds(HOUR))
                                .build()
                        : StsAssumeRoleCredentialsProvider.builder()
                                .stsClient(sts)
                                .refreshRequest(request -> request.roleArn(role)
                                        .roleSessionName(NAME)
                                        .policy(policy())
                                        .durationSeconds(HOUR))
                                .build());
    }

    /// The session policy: what it does not name is denied, and keys are used through S3 and Step
    /// Functions alone.
    static String policy() {
        var read = new LinkedHashMap<String, @Nullable Object>();
        read.put("Effect", "Allow");
        read.put("Action", ACTIONS);
        read.put("Resource", "*");
        var open = new LinkedHashMap<String, @Nullable Object>();
        open.put("Effect", "Allow");
        open.put("Action", "kms:Decrypt");
        open.put("Resource", "*");
        open.put(
                "Condition",
                Map.of(
                        "StringLike",
                        Map.of("kms:ViaService", List.of("s3.*.amazonaws.com", "states.*.amazonaws.com"))));
        var policy = new LinkedHashMap<String, @Nullable Object>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", List.of(read, open));
        return Json.print(policy);
    }

    /// @throws DiagnosticException CLI164 when the session is refused: nothing is read with more than reading takes
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return session.resolveCredentials();
        } catch (AwsServiceException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI164",
                    Location.named("the credentials"),
                    "cannot be narrowed to reading: "
                            + (e.awsErrorDetails() == null
                                    ? e.getMessage()
                                    : e.awsErrorDetails().errorMessage()),
                    "give a role that may read, --role ARN, where they are those of a role's session"));
        }
    }

    @Override
    public void close() {
        if (session instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("a session could not be let go", e);
            }
        }
        sts.close();
    }

    /// Keeps the keys to itself.
    @Override
    public String toString() {
        return "ReadSession[" + NAME + "]";
    }
}
