package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.lambda.function.LambdaFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// What each action asks leave for: the action's name, the resource and the condition keys that policies rely on.
///
/// A row holds every question in its order, so that neither a forgotten one nor a needless one goes unseen.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EnforcementTable {
    static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"000000000000\"},"
                    + "\"Action\":\"sts:*\"}}";
    static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}";
    static final String BOUNDARY = "arn:aws:iam::000000000000:policy/boundary";
    static final String SERVING = "arn:aws:iam::000000000000:role/serving";
    static final String THERE = "arn:aws:states:us-east-1:000000000000:stateMachine:there";
    static final String PASS = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
    static final String ECHO = "arn:aws:lambda:us-east-1:000000000000:function:echo";
    /// How rows write the ARN of the key that is there.
    static final String KMS_KEY = "<the key>";
    /// How rows write the ARN of a key that AWS manages.
    static final String MANAGED_KEY = "<a key of AWS>";

    /// Those that a row shows where the request has them.
    private static final List<String> KEYS = List.of(
            "s3:prefix",
            "s3:delimiter",
            "s3:max-keys",
            "s3:VersionId",
            "s3:x-amz-server-side-encryption",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:x-amz-copy-source",
            "s3:if-match",
            "s3:if-none-match",
            "s3:RequestObjectTag/team",
            "s3:ExistingObjectTag/team",
            "kms:ViaService",
            "kms:EncryptionContext:aws:s3:arn",
            "kms:EncryptionContext:SecretARN",
            "secretsmanager:Name",
            "secretsmanager:KmsKeyArn",
            "secretsmanager:VersionId",
            "secretsmanager:VersionStage",
            "secretsmanager:RecoveryWindowInDays",
            "secretsmanager:ForceDeleteWithoutRecovery",
            "secretsmanager:BlockPublicPolicy",
            "secretsmanager:RotationLambdaARN",
            "secretsmanager:ModifyRotationRules",
            "secretsmanager:RotateImmediately",
            "secretsmanager:ResourceTag/owner",
            "sts:RoleSessionName",
            "lambda:Principal",
            "sts:SourceIdentity",
            "sts:ExternalId",
            "sts:TransitiveTagKeys",
            "aws:RequestTag/team",
            "aws:TagKeys",
            "aws:ResourceTag/owner",
            "iam:PermissionsBoundary",
            "iam:PolicyARN",
            "iam:ResourceTag/team",
            "iam:PassedToService",
            "iam:AssociatedResourceArn",
            "states:StateMachineQualifier",
            "events:source",
            "events:detail-type",
            "events:TargetArn",
            "lambda:FunctionArn",
            "sns:Protocol",
            "sns:Endpoint",
            "aws:SourceArn",
            "aws:SourceAccount",
            "dynamodb:LeadingKeys",
            "dynamodb:Attributes",
            "dynamodb:Select",
            "dynamodb:ReturnValues",
            "dynamodb:EnclosingOperation");

    private final List<AccessRequest> asked = new ArrayList<>();
    private EmbeddedAws aws;
    S3Client s3;
    StsClient sts;
    IamClient iam;
    SfnClient states;
    EventBridgeClient events;
    LambdaClient lambda;
    KmsClient kms;
    SnsClient sns;
    SqsClient sqs;
    DynamoDbClient dynamoDb;
    SecretsManagerClient secrets;
    String key;

    /// @param expected each question as `action resource key=[values] …`
    record Row(String name, Consumer<EnforcementTable> call, List<String> expected) {
        static Row of(String name, Consumer<EnforcementTable> call, String... expected) {
            return new Row(name, call, List.of(expected));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void start() {
        var open = Authorizer.unenforced();
        aws = EmbeddedAws.builder()
                .authorizer(access -> {
                    synchronized (asked) {
                        asked.add(access);
                    }
                    return open.decide(access);
                })
                .start();
        s3 = with(S3Client.builder().forcePathStyle(true))
                .httpClient(Apache5HttpClient.create())
                .build();
        sts = with(StsClient.builder()).httpClient(Apache5HttpClient.create()).build();
        iam = with(IamClient.builder()).httpClient(Apache5HttpClient.create()).build();
        states =
                with(SfnClient.builder()).httpClient(Apache5HttpClient.create()).build();
        events = with(EventBridgeClient.builder())
                .httpClient(Apache5HttpClient.create())
                .build();
        lambda = with(LambdaClient.builder())
                .httpClient(Apache5HttpClient.create())
                .build();
        kms = with(KmsClient.builder()).httpClient(Apache5HttpClient.create()).build();
        sns = with(SnsClient.builder()).httpClient(Apache5HttpClient.create()).build();
        sqs = with(SqsClient.builder()).httpClient(Apache5HttpClient.create()).build();
        dynamoDb = with(DynamoDbClient.builder())
                .httpClient(Apache5HttpClient.create())
                .build();
        secrets = with(SecretsManagerClient.builder())
                .httpClient(Apache5HttpClient.create())
                .build();
        key = kms.createKey().keyMetadata().arn();
        s3.createBucket(r -> r.bucket("lake"));
        s3.putBucketVersioning(r -> r.bucket("lake")
                .versioningConfiguration(
                        VersioningConfiguration.builder().status("Enabled").build()));
        s3.putObject(r -> r.bucket("lake").key("a").tagging("team=red"), RequestBody.fromString("a"));
        iam.createPolicy(r -> r.policyName("boundary").policyDocument(POLICY));
        iam.createRole(r -> r.roleName("clean")
                .path("/baton/")
                .assumeRolePolicyDocument(TRUST)
                .permissionsBoundary(BOUNDARY)
                .tags(t -> t.key("team").value("red")));
        iam.createUser(r -> r.userName("ann"));
        iam.createRole(r -> r.roleName("serving").assumeRolePolicyDocument(TRUST));
        states.createStateMachine(r -> r.name("there").roleArn(SERVING).definition(PASS));
        states.publishStateMachineVersion(r -> r.stateMachineArn(THERE));
        sns.createTopic(r -> r.name("there").tags(t -> t.key("owner").value("red")));
        sqs.createQueue(r -> r.queueName("there").tags(Map.of("owner", "red")));
        secrets.createSecret(r -> r.name("there")
                .secretString("x")
                .clientRequestToken("6b0a0000-0000-4000-8000-000000000001")
                .tags(t -> t.key("owner").value("red")));
        events.putRule(r -> r.name("there").eventPattern("{\"source\":[\"x\"]}"));
        aws.lambda()
                .register(new LambdaFunction(
                        "echo",
                        SERVING,
                        Map.of(),
                        Duration.ofSeconds(5),
                        128,
                        environment -> (in, out, context) -> in.transferTo(out)));
    }

    private <B extends AwsClientBuilder<B, ?>> B with(B builder) {
        return builder.endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        aws.administrator().accessKeyId(), aws.administrator().secretAccessKey())));
    }

    @AfterAll
    void stop() {
        s3.close();
        sts.close();
        iam.close();
        states.close();
        events.close();
        lambda.close();
        kms.close();
        sns.close();
        sqs.close();
        dynamoDb.close();
        secrets.close();
        aws.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void an_action_asks_for_exactly_what_its_policies_must_grant(Row row) {
        synchronized (asked) {
            asked.clear();
        }
        try {
            row.call().accept(this);
        } catch (SdkServiceException e) {
            // What is not there is asked for all the same.
            assertThat(e.statusCode()).as(e.getMessage()).isIn(404, 400);
        }
        synchronized (asked) {
            assertThat(asked).extracting(this::text).containsExactlyElementsOf(row.expected());
        }
    }

    private String text(AccessRequest access) {
        var own = access.caller().arn().equals("arn:aws:iam::000000000000:user/admin");
        var text = new StringBuilder(own ? "" : access.caller().arn() + ": ")
                .append(access.action())
                .append(' ')
                .append(access.resource());
        for (var key : KEYS) {
            var values = access.context().values(key.toLowerCase(Locale.ROOT));
            if (values != null) {
                text.append(' ').append(key).append('=').append(values);
            }
        }
        assertThat(access.resourceAccount()).isEqualTo("000000000000");
        if (own) {
            assertThat(access.context().values("aws:sourceip")).isNotNull();
            assertThat(access.context().values("aws:securetransport")).containsExactly("true");
        }
        return text.toString()
                .replace(key, KMS_KEY)
                .replaceAll("arn:aws:kms:us-east-1:000000000000:key/[0-9a-f-]{36}", MANAGED_KEY)
                .replaceAll("(:secret:[a-z]+)-[A-Za-z0-9]{6}\\b", "$1-??????");
    }
}
